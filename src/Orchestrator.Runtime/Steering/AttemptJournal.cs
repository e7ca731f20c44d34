using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Runtime.Steering;

/// <summary>The journal of one attempt. What it asks of the store has the same effect however often it is asked.</summary>
internal sealed class AttemptJournal(LeaseId lease, ISteeringStore store, StorePatience patience) : IAttemptJournal
{
    public async Task<IReadOnlyList<SteeringMessage>> ReadMessagesAsync(CancellationToken cancellationToken)
    {
        var messages = await patience.RepeatAsync(token => store.ListUnconsumedAsync(lease.TaskId, token), cancellationToken).ConfigureAwait(false);
        return [.. messages.Select(static message => new SteeringMessage(message.Number, message.Role, message.Content))];
    }

    public async Task SaveAsync(ReadOnlyMemory<byte> checkpoint, int consumedThrough, TaskUsage? usage, CancellationToken cancellationToken)
    {
        if (JsonBytes.FindFlaw("checkpoint", checkpoint, TaskLimits.MaxCheckpointBytes) is { } flaw)
        {
            throw new ArgumentException(flaw, nameof(checkpoint));
        }

        if (!await patience.RepeatAsync(token => store.SaveAsync(lease, checkpoint, consumedThrough, usage?.Bounded(), token), cancellationToken).ConfigureAwait(false))
        {
            throw patience.LoseLease();
        }
    }

    public Task<ApprovalAnswer?> FindAnswerAsync(CancellationToken cancellationToken) => FindAsync(null, cancellationToken);

    public Task<ApprovalAnswer?> FindAnswerAsync(string key, CancellationToken cancellationToken) => FindAsync(key, cancellationToken);

    private async Task<ApprovalAnswer?> FindAsync(string? key, CancellationToken cancellationToken)
    {
        var request = await patience.RepeatAsync(token => store.FindLastApprovalAsync(lease.TaskId, key, token), cancellationToken).ConfigureAwait(false);
        return request?.Reply is { } answer && DecisionOf(answer.Verdict) is { } decision
            ? new ApprovalAnswer(decision, answer.Edits, answer.Comment)
            : null;
    }

    /// <summary>Null for what ends the task: no attempt of it hears of that.</summary>
    private static ApprovalDecision? DecisionOf(ApprovalVerdict verdict) => verdict switch
    {
        ApprovalVerdict.Approve => ApprovalDecision.Approve,
        ApprovalVerdict.Reject => ApprovalDecision.Reject,
        ApprovalVerdict.Continue => ApprovalDecision.Continue,
        ApprovalVerdict.Retry => ApprovalDecision.Retry,
        ApprovalVerdict.Expired => ApprovalDecision.Expired,
        _ => null,
    };
}
