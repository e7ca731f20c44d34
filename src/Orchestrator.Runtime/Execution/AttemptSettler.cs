using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Execution;

/// <summary>
/// Gets the end of an attempt into the store. While the store is away the same settlement is tried again, which it
/// recognises if it was written after all, until the lease must be given up; then the reaper of some silo re-queues the task.
/// </summary>
internal sealed partial class AttemptSettler(
    SettlementWriter writer,
    OutcomePolicy policy,
    IRandomSource random,
    TimeProvider timeProvider,
    AttemptInstruments instruments,
    LeaseInstruments leaseInstruments,
    ResourceInstruments resources,
    ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly OutcomeCounter _counter = new(instruments, resources);
    private readonly OutcomeTeller _teller = new(logger);

    /// <param name="provider">The provider that the outcome says something about; null for that of the action.</param>
    public async Task SettleAsync(OpenAttempt attempt, AttemptOutcome outcome, string? provider = null)
    {
        // A probe is let through for its action's provider, and for that one it answers, whoever served it: others wait for it.
        var judged = attempt.Task.IsProbe ? attempt.Action.Provider : provider ?? attempt.Action.Provider;
        var settlement = new Settlement(attempt.Lease, attempt.Task.WorkspaceKey, attempt.Task.Lane, outcome)
        {
            Step = attempt.Task.Step,
            Provider = judged,
            Ran = timeProvider.GetElapsedTime(attempt.StartTimestamp),
        };
        Backoff? backoff = null;
        while (true)
        {
            try
            {
                var result = await writer.WriteAsync(settlement).ConfigureAwait(false);
                if (result == SettlementResult.Circular)
                {
                    var error = TaskError.Of(ErrorCodes.Rejected, "The task was to wait for children that depend on it, and would wait for ever.");
                    settlement = settlement with { Outcome = policy.Retry(attempt, error, usage: settlement.Outcome.Usage) };
                    continue;
                }

                if (result == SettlementResult.Unheard)
                {
                    // Somebody has spoken meanwhile. Another attempt goes on at once, and hears it.
                    settlement = settlement with { Outcome = new AttemptOutcome.Awaiting([], Checkpoint: null) { Usage = settlement.Outcome.Usage } };
                    continue;
                }

                OnAnswered(attempt, settlement.Outcome, result);
                return;
            }
            catch (StoreUnavailableException exception)
            {
                backoff ??= new Backoff(FirstPause, LongestPause, random);
                var pause = backoff.Next();
                if (timeProvider.Add(timeProvider.GetTimestamp(), pause) >= attempt.StopTimestamp)
                {
                    LogGivenUp(logger, exception, attempt.Lease.TaskId, attempt.Task.Attempt);
                    instruments.OnSettlementGivenUp(attempt.Task.Action);
                    return;
                }

                await timeProvider.PauseAsync(pause, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (settlement.Outcome is AttemptOutcome.Completed completed)
            {
                LogRefused(logger, exception, attempt.Lease.TaskId, attempt.Task.Attempt);
                var error = TaskError.Of(ErrorCodes.InvalidOutput, "The store cannot hold the result.");
                settlement = settlement with { Outcome = policy.Retry(attempt, error, usage: completed.Usage) };
            }
            catch (Exception exception)
            {
                LogRefused(logger, exception, attempt.Lease.TaskId, attempt.Task.Attempt);
                instruments.OnSettlementGivenUp(attempt.Task.Action);
                return;
            }
        }
    }

    private void OnAnswered(OpenAttempt attempt, AttemptOutcome outcome, SettlementResult result)
    {
        if (result == SettlementResult.LeaseLost)
        {
            if (outcome is AttemptOutcome.Failed { Error.Code: ErrorCodes.DeadlineExceeded })
            {
                // The store saw the deadline first, and ended the task as this would have.
                return;
            }

            LogLeaseLost(logger, attempt.Lease.TaskId, attempt.Task.Attempt);
            leaseInstruments.OnLeaseLost();
            attempt.Span?.Ended("lease_lost", ErrorCodes.LeaseLost);
            return;
        }

        _teller.Tell(attempt.Span, attempt.Scope, outcome);
        _counter.OnWritten(attempt.Task.Action, outcome, result);
    }
}
