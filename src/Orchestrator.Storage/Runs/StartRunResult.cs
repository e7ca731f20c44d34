using Orchestrator.Core.Runs.Planning;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Runs;

/// <summary>What starting a run came to.</summary>
public abstract record StartRunResult
{
    public sealed record Started(RunRecord Run) : StartRunResult;

    /// <summary>The same request has started this run earlier.</summary>
    public sealed record Replayed(Guid RunId) : StartRunResult;

    public sealed record WorkspaceNotFound : StartRunResult;

    public sealed record IdempotencyConflict : StartRunResult;

    /// <summary>Why the run to repeat cannot be repeated from there; null where there is no such run.</summary>
    public sealed record NotReplayable(RunRefusal? Refusal) : StartRunResult;

    /// <summary>Why the tasks of its first steps were not taken on, as where there are too many.</summary>
    public sealed record Refused(SubmissionResult Reason) : StartRunResult;
}
