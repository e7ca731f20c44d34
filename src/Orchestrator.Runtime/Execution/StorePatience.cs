using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage;

namespace Orchestrator.Runtime.Execution;

/// <summary>Repeats what an attempt asks of the store for as long as the store is away and the attempt may run.</summary>
internal sealed class StorePatience(OpenAttempt attempt, IRandomSource random, TimeProvider timeProvider)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <param name="call">May be run more often than it is answered, so it must be idempotent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, attempt.Token);
        var backoff = new Backoff(FirstPause, LongestPause, random);
        while (true)
        {
            try
            {
                return await call(either.Token).ConfigureAwait(false);
            }
            catch (StoreUnavailableException)
            {
                // The attempt is stopped before its lease can run out, so this ends.
                await Task.Delay(backoff.Next(), timeProvider, either.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Stops the attempt, because the store says that its lease is another's.</summary>
    public OperationCanceledException LoseLease()
    {
        attempt.TryStop(StopReason.LeaseLost);
        return new OperationCanceledException("The attempt holds its lease no more.", attempt.Token);
    }
}
