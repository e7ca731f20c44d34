using System.Collections.Concurrent;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>Takes whatever is submitted, unless a test says otherwise.</summary>
internal sealed class FakeSubmitter : ITaskSubmitter
{
    public ConcurrentQueue<Submission> Submitted { get; } = new();

    public Func<Submission, SubmissionResult> OnSubmit { get; set; } = static submission =>
        new SubmissionResult.Accepted([.. submission.Tasks.Select(static task => new CreatedTask(task.Id, TaskState.Queued, default, 1))]);

    public Task<SubmissionResult> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        Submitted.Enqueue(submission);
        return Task.FromResult(OnSubmit(submission));
    }
}
