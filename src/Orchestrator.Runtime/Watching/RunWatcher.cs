using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Runtime.Watching;

/// <summary>Wakes readers of runs.</summary>
public sealed class RunWatcher(IRunStore runs, SignalHub hub, TimeProvider timeProvider, ILogger<RunWatcher> logger)
    : EndWatcher("runs", hub, timeProvider, logger), IRunWatcher
{
    protected override Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        runs.FindEndedAsync(ids, cancellationToken);
}
