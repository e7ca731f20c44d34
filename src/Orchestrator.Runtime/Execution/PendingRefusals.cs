using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Execution;

/// <summary>
/// Refusals by providers that this silo knows of. Until one is written, attempts that need the same resources do not start, nor do
/// those later that may have been granted them before, or each would be refused as well.
/// </summary>
public sealed class PendingRefusals(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly List<Pending> _pending = [];
    private readonly Dictionary<string, long> _written = new(StringComparer.Ordinal);
    private readonly TimeProvider _timeProvider = timeProvider;

    /// <summary>What holds others back until it is disposed of; null when the execution has not ended with a refusal.</summary>
    internal IDisposable? Open(OpenAttempt attempt, Task<AttemptResult> execution) =>
        attempt.Task.Resources.Count > 0
        && execution.IsCompletedSuccessfully
        && execution.Result is AttemptResult.Failure { Error.Code: ErrorCodes.RateLimited, RetryAfter.Ticks: > 0 }
            ? new Pending(this, attempt.Task.Resources)
            : null;

    /// <summary>Completes when a refusal that concerns the attempt is written; null when there is none.</summary>
    internal Task? Find(OpenAttempt attempt)
    {
        if (attempt.Task.Resources.Count == 0)
        {
            return null;
        }

        lock (_lock)
        {
            return _pending.Find(refusal => refusal.Resources.Intersect(attempt.Task.Resources).Any())?.Written
                ?? (attempt.Task.Resources.Any(name => _written.GetValueOrDefault(name, long.MinValue) > attempt.RequestSentTimestamp) ? Task.CompletedTask : null);
        }
    }

    private sealed class Pending : IDisposable
    {
        private readonly PendingRefusals _owner;
        private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Pending(PendingRefusals owner, IReadOnlyCollection<string> resources)
        {
            _owner = owner;
            Resources = resources;
            lock (owner._lock)
            {
                owner._pending.Add(this);
            }
        }

        public IReadOnlyCollection<string> Resources { get; }

        public Task Written => _completion.Task;

        public void Dispose()
        {
            lock (_owner._lock)
            {
                _owner._pending.Remove(this);
                foreach (var name in Resources)
                {
                    _owner._written[name] = _owner._timeProvider.GetTimestamp();
                }
            }

            _completion.SetResult();
        }
    }
}
