using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Runtime.Operations;

public sealed class TaskOperations(ITaskControl control, SignalHub hub) : ITaskOperations
{
    public async Task<CancelResult> CancelAsync(Guid taskId, CancellationToken cancellationToken)
    {
        var result = await control.CancelAsync(taskId, cancellationToken).ConfigureAwait(false);
        if (result is CancelResult.Done done)
        {
            // The end frees room for other tasks, and what hangs on it is for the reminders to carry on.
            hub.SignalEnded(done.Cancelled);
            hub.SignalReady();
            hub.SignalDue();
            hub.SignalBlockingChangedHere();
        }

        return result;
    }

    public async Task<PatchResult> PatchAsync(Guid taskId, TaskPatch patch, CancellationToken cancellationToken)
    {
        var result = await control.PatchAsync(taskId, patch, cancellationToken).ConfigureAwait(false);
        if (result == PatchResult.Patched)
        {
            hub.SignalChanged([taskId]);
            hub.SignalReady();
            hub.SignalDue();
        }

        return result;
    }
}
