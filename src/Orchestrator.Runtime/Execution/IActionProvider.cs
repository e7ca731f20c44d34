namespace Orchestrator.Runtime.Execution;

/// <summary>Offers actions to the silo of this process. What it offers may change while it runs.</summary>
public interface IActionProvider
{
    /// <summary>The actions as they are now; cheap to ask.</summary>
    IReadOnlyList<ActionDescriptor> Actions { get; }

    /// <summary>Raised after <see cref="Actions"/> changed.</summary>
    event Action? Changed;
}
