using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Submissions;

public interface ITaskSubmitter
{
    /// <summary>
    /// Stores a submission; once it answers with <see cref="SubmissionResult.Accepted"/> the tasks are durable. Throws
    /// <see cref="Storage.StoreUnavailableException"/> when the store is away or the queue in front of it is full.
    /// </summary>
    Task<SubmissionResult> SubmitAsync(Submission submission, CancellationToken cancellationToken);
}
