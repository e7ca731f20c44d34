using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Operations;

/// <summary>What people say to tasks; each tells the cluster what it changed.</summary>
public interface ISteeringOperations
{
    Task<MessageResult> SendAsync(Guid taskId, IReadOnlyList<NewMessage> messages, IdempotencyKey? idempotency, CancellationToken cancellationToken);

    Task<DecisionResult> DecideAsync(Guid taskId, ApprovalReply reply, CancellationToken cancellationToken);
}
