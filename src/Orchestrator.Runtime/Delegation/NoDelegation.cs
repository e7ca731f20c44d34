namespace Orchestrator.Runtime.Delegation;

/// <summary>Of an attempt that runs outside a silo.</summary>
internal sealed class NoDelegation : IDelegation
{
    public static NoDelegation Instance { get; } = new();

    public Task<IReadOnlyList<Guid>> CreateAsync(IReadOnlyList<ChildTask> children, ReadOnlyMemory<byte>? checkpoint, CancellationToken cancellationToken) =>
        throw Missing();

    public Task<IReadOnlyList<ChildOutcome>?> FindOutcomesAsync(IReadOnlyList<Guid> children, CancellationToken cancellationToken) => throw Missing();

    private static InvalidOperationException Missing() => new("This attempt has no silo that could store children.");
}
