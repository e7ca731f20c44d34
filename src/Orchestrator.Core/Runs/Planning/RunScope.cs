using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>What the expressions of a step see; each value is looked for when one of them reads it.</summary>
internal sealed class RunScope(RunProgress progress, RunContext context) : IExpressionScope
{
    /// <summary>What <c>item</c> and <c>index</c> are; null where there are none.</summary>
    public int? Index { get; init; }

    public Func<JsonElement>? Item { get; init; }

    /// <summary>What <c>output</c> is; null where there is none.</summary>
    public Func<JsonElement>? Output { get; init; }

    public JsonElement Input => progress.RunInput;

    public Guid RunId => context.RunId;

    public string Workspace => context.Workspace;

    public StepValue? FindStep(string step) => progress.FindValue(step);

    public JsonElement? FindVariable(string name) => name switch
    {
        "item" => Item?.Invoke(),
        "index" when Index is { } index => JsonElement.Parse(index.ToString(CultureInfo.InvariantCulture)),
        "output" => Output?.Invoke(),
        _ => null,
    };
}
