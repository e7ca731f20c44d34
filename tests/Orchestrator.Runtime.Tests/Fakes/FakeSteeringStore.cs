using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>Answers what a test scripts.</summary>
internal sealed class FakeSteeringStore : ISteeringStore
{
    public Func<IReadOnlyList<MessageRecord>> OnList { get; set; } = static () => [];

    public Func<bool> OnSave { get; set; } = static () => true;

    public Func<string?, ApprovalRecord?> OnFind { get; set; } = static _ => null;

    public List<(LeaseId Lease, int ConsumedThrough)> Saved { get; } = [];

    public Task<IReadOnlyList<MessageRecord>> ListUnconsumedAsync(Guid taskId, CancellationToken cancellationToken) => Task.FromResult(OnList());

    public Task<bool> SaveAsync(LeaseId lease, ReadOnlyMemory<byte> checkpoint, int consumedThrough, TaskUsage? usage, CancellationToken cancellationToken)
    {
        Saved.Add((lease, consumedThrough));
        return Task.FromResult(OnSave());
    }

    public Task<ApprovalRecord?> FindLastApprovalAsync(Guid taskId, string? key, CancellationToken cancellationToken) => Task.FromResult(OnFind(key));

    public Task<MessageResult> AppendAsync(
        Guid taskId, IReadOnlyList<NewMessage> messages, IdempotencyKey? idempotency, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DecisionResult> DecideAsync(Guid taskId, ApprovalReply reply, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Guid>> ExpireDueAsync(int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
}
