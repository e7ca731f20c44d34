using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Submissions;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Operations;

public sealed class SteeringOperations(ISteeringStore store, SignalHub hub, AttemptInstruments instruments) : ISteeringOperations
{
    public async Task<MessageResult> SendAsync(
        Guid taskId, IReadOnlyList<NewMessage> messages, IdempotencyKey? idempotency, CancellationToken cancellationToken)
    {
        var result = await store.AppendAsync(taskId, messages, idempotency, cancellationToken).ConfigureAwait(false);
        if (result is MessageResult.Accepted)
        {
            hub.SignalChanged([taskId]);
        }

        return result;
    }

    public async Task<DecisionResult> DecideAsync(Guid taskId, ApprovalReply reply, CancellationToken cancellationToken)
    {
        var result = await store.DecideAsync(taskId, reply, cancellationToken).ConfigureAwait(false);
        switch (result)
        {
            case DecisionResult.Resumed:
                hub.SignalChanged([taskId]);
                hub.SignalReady();
                break;
            case DecisionResult.Aborted:
                instruments.OnTaskFailed(ErrorCodes.Rejected);

                // What hangs on its end is for the reminders to carry on.
                hub.SignalEnded([taskId]);
                hub.SignalDue();
                hub.SignalBlockingChangedHere();
                break;
        }

        return result;
    }
}
