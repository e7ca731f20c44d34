namespace Orchestrator.Storage.Submissions;

public interface ISubmissionStore
{
    /// <summary>Stores each submission whole or not at all, all in one transaction, and makes what can run ready; answers in the same order.</summary>
    Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken);
}
