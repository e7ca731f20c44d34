namespace Orchestrator.Core.Runs.Planning;

/// <summary>What is to be done in the transaction that writes the new state.</summary>
public abstract record RunEffect
{
    public sealed record Start(WorkKey Key, WorkRequest Request) : RunEffect;

    /// <summary>The task or sub-run is no longer wanted.</summary>
    /// <param name="Compensates">Whether a sub-run undoes what it has completed.</param>
    public sealed record Cancel(WorkKey Key, bool Compensates = false) : RunEffect;

    /// <summary>Keeps an output under the name by which plans ask for it, a step or an item as in <see cref="WorkKey"/>; replaces an earlier one.</summary>
    public sealed record Keep(string Name, ReadOnlyMemory<byte> Output) : RunEffect;

    /// <summary>An entry of the run's history.</summary>
    /// <param name="Type">As <c>step.completed</c>.</param>
    /// <param name="Data">JSON; null for none.</param>
    public sealed record Tell(string Type, string? Step, int? Item, string? Data) : RunEffect;
}
