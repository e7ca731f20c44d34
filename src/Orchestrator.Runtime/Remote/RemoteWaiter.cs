namespace Orchestrator.Runtime.Remote;

/// <summary>A request of a remote worker that waits for tasks. Whoever completes it first has decided what it gets.</summary>
internal sealed class RemoteWaiter(RemoteOffer offer, long deadline)
{
    private readonly TaskCompletionSource<IReadOnlyList<RemoteAttempt>?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RemoteOffer Offer => offer;

    /// <summary>When it is answered although there is nothing.</summary>
    public long Deadline => deadline;

    /// <summary>Whether a turn was taken for it.</summary>
    public bool IsTried { get; set; }

    public bool IsOpen => !_completion.Task.IsCompleted;

    /// <summary>What it got; null when this process gives nothing out any more.</summary>
    public Task<IReadOnlyList<RemoteAttempt>?> Completion => _completion.Task;

    /// <summary>False when it has left, so that the tasks are still the caller's.</summary>
    public bool TryAnswer(IReadOnlyList<RemoteAttempt>? attempts) => _completion.TrySetResult(attempts);

    public void Fail(Exception exception) => _completion.TrySetException(exception);

    /// <summary>Lets it go, because its caller has gone.</summary>
    public void Leave(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
