using Microsoft.AspNetCore.Components;

namespace Orchestrator.Gateway.Dashboard.Shared;

/// <summary>
/// A part of a page that reads what it shows first and renders then. <see cref="ComponentBase"/> would render before too, whenever an
/// answer is not there at once.
/// </summary>
public abstract class LoadedComponent : ComponentBase
{
    public sealed override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what is shown; the parameters are set.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;
}
