namespace Orchestrator.Core.Runs.Planning;

/// <summary>What happens to a run. What does not fit its state any more is ignored, or refused where somebody waits for the answer.</summary>
public abstract record RunEvent
{
    /// <summary>The first of all.</summary>
    public sealed record Begun : RunEvent;

    /// <summary>A task or a sub-run has ended.</summary>
    public sealed record WorkEnded(WorkKey Key, WorkOutcome Outcome) : RunEvent;

    /// <summary>There was no room for a piece of work; it is started at a later look.</summary>
    public sealed record WorkDeferred(WorkKey Key) : RunEvent;

    /// <summary>Time has passed: decisions may be overdue, the run may have taken too long, deferred work may have room.</summary>
    public sealed record Looked : RunEvent;

    public sealed record Decided(string Step, RunDecision Decision, ReadOnlyMemory<byte>? Edits, string? Comment) : RunEvent
    {
        /// <summary>The round of the step whose question it answers; null for whichever it asks in.</summary>
        public int? Round { get; init; }
    }

    /// <summary>Ends the run; what is under way is cancelled.</summary>
    /// <param name="Compensates">Whether completed steps are undone.</param>
    public sealed record Abort(string? Reason, bool Compensates) : RunEvent;

    /// <summary>Has a failed step done again: of its items those that were not completed.</summary>
    /// <param name="Input">Stands for its input; null for what its definition says. Only of a step without items.</param>
    public sealed record Retry(string Step, TimeSpan Delay, ReadOnlyMemory<byte>? Input) : RunEvent;

    /// <summary>Completes a step that has not been completed with this output; what it has under way is cancelled.</summary>
    public sealed record Skip(string Step, ReadOnlyMemory<byte> Output) : RunEvent;
}
