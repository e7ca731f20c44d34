namespace Orchestrator.Storage.Submissions;

/// <summary>Tasks for one workspace that are stored all or not at all.</summary>
public sealed record Submission(string Workspace, IReadOnlyList<NewTask> Tasks, IdempotencyKey? Idempotency = null)
{
    /// <summary>The attempt whose worker delegates the tasks; null for everybody else.</summary>
    public DelegatingAttempt? DelegatedBy { get; init; }
}
