namespace Orchestrator.Core.Priorities;

/// <summary>Everything about a task that its priority score may depend on. What is not here must not be shown to the model either.</summary>
public sealed record ScoringSubject
{
    public required string Workspace { get; init; }

    /// <summary>The workspace's current goal.</summary>
    public string? Goal { get; init; }

    public required string Action { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The text of the task's input, where the model is shown any of it.</summary>
    public string? Content { get; init; }

    /// <summary>
    /// What the task waits for: of each dependency its fingerprint where it is known, so that two chains of one kind share;
    /// otherwise its id, which no other task shares.
    /// </summary>
    public IReadOnlyCollection<string> Dependencies { get; init; } = [];
}
