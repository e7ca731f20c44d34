namespace Orchestrator.Storage.Relational;

/// <summary>Rolls a transaction back, because this process must first take a larger share of what its workspaces have room for.</summary>
internal sealed class RoomNeededException(IReadOnlyDictionary<long, PendingCount> wanted) : Exception("There is no share left.")
{
    /// <summary>By the key of the workspace.</summary>
    public IReadOnlyDictionary<long, PendingCount> Wanted { get; } = wanted;
}
