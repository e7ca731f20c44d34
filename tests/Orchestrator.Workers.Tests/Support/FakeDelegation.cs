using Orchestrator.Runtime.Delegation;

namespace Orchestrator.Workers.Tests.Support;

/// <summary>Takes the children of one task and ends them as a test says; each key makes one child.</summary>
internal sealed class FakeDelegation : IDelegation
{
    private readonly Dictionary<string, Guid> _byKey = [];
    private int _created;

    public List<(Guid Id, ChildTask Task)> Children { get; } = [];

    public Dictionary<Guid, ChildOutcome> Ended { get; } = [];

    public List<ReadOnlyMemory<byte>?> Checkpoints { get; } = [];

    public DelegationException? Refusal { get; set; }

    /// <summary>What the next attempt of the task gets: the same children.</summary>
    public FakeDelegation Again()
    {
        _created = 0;
        return this;
    }

    public Task<IReadOnlyList<Guid>> CreateAsync(IReadOnlyList<ChildTask> children, ReadOnlyMemory<byte>? checkpoint, CancellationToken cancellationToken)
    {
        Checkpoints.Add(checkpoint);
        return Refusal is null ? Task.FromResult<IReadOnlyList<Guid>>([.. children.Select(Create)]) : throw Refusal;
    }

    public Task<IReadOnlyList<ChildOutcome>?> FindOutcomesAsync(IReadOnlyList<Guid> children, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChildOutcome>?>(children.All(Ended.ContainsKey) ? [.. children.Select(id => Ended[id])] : null);

    private Guid Create(ChildTask child)
    {
        var key = child.Key ?? $"#{++_created}";
        if (!_byKey.TryGetValue(key, out var id))
        {
            _byKey[key] = id = Guid.CreateVersion7();
            Children.Add((id, child));
        }

        return id;
    }
}
