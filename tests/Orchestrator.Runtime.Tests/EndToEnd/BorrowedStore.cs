using Orchestrator.Storage;
using Orchestrator.Storage.Invariants;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Reminders;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Signals;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>A store that outlives the host that uses it.</summary>
internal sealed class BorrowedStore(IStore store) : IStore
{
    public IWorkspaceStore Workspaces => store.Workspaces;

    public ISubmissionStore Submissions => store.Submissions;

    public ITurnStore Turns => store.Turns;

    public ILeaseStore Leases => store.Leases;

    public ITaskReader Tasks => store.Tasks;

    public ITaskControl Control => store.Control;

    public IReminderStore Reminders => store.Reminders;

    public ISiloStore Silos => store.Silos;

    public IRetentionStore Retention => store.Retention;

    public ISignalTransport Signals => store.Signals;

    public IInvariantStore Invariants => store.Invariants;

    public Task MigrateAsync(CancellationToken cancellationToken) => store.MigrateAsync(cancellationToken);

    public Task CheckReadyAsync(CancellationToken cancellationToken) => store.CheckReadyAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
