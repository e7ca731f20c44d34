using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Execution;

/// <summary>
/// Refusals by providers that this silo knows of and the store does not yet. Until they are written, attempts that need the same
/// resources do not start, or each would be refused as well.
/// </summary>
public sealed class PendingRefusals
{
    private readonly Lock _lock = new();
    private readonly List<Pending> _pending = [];

    /// <summary>What holds others back until it is disposed of; null when the execution has not ended with a refusal.</summary>
    internal IDisposable? Open(ClaimedTask task, Task<AttemptResult> execution) =>
        task.Resources.Count > 0
        && execution.IsCompletedSuccessfully
        && execution.Result is AttemptResult.Failure { Error.Code: ErrorCodes.RateLimited, RetryAfter.Ticks: > 0 }
            ? new Pending(this, task.Resources)
            : null;

    /// <summary>Completes when a refusal that concerns the task is written; null when there is none.</summary>
    internal Task? Find(ClaimedTask task)
    {
        if (task.Resources.Count == 0)
        {
            return null;
        }

        lock (_lock)
        {
            return _pending.Find(refusal => refusal.Resources.Intersect(task.Resources).Any())?.Written;
        }
    }

    private sealed class Pending : IDisposable
    {
        private readonly PendingRefusals _owner;
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

        public Task Written => _written.Task;

        public void Dispose()
        {
            lock (_owner._lock)
            {
                _owner._pending.Remove(this);
            }

            _written.SetResult();
        }
    }
}
