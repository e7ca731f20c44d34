using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Steering;

/// <summary>Of an attempt that runs outside a silo.</summary>
internal sealed class NoJournal : IAttemptJournal
{
    public static NoJournal Instance { get; } = new();

    public Task<IReadOnlyList<SteeringMessage>> ReadMessagesAsync(CancellationToken cancellationToken) => throw Missing();

    public Task SaveAsync(ReadOnlyMemory<byte> checkpoint, int consumedThrough, TaskUsage? usage, CancellationToken cancellationToken) => throw Missing();

    public Task<ApprovalAnswer?> FindAnswerAsync(CancellationToken cancellationToken) => throw Missing();

    public Task<ApprovalAnswer?> FindAnswerAsync(string key, CancellationToken cancellationToken) => throw Missing();

    private static InvalidOperationException Missing() => new("This attempt has no silo that could store what it notes.");
}
