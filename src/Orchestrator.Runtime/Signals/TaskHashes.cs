namespace Orchestrator.Runtime.Signals;

/// <summary>Which tasks a hint speaks of: some, by their <see cref="TaskHash"/>, or possibly any.</summary>
/// <param name="Hashes">Ignored when <paramref name="Any"/> is true.</param>
/// <param name="Any">True when there were too many to name, or when hints may have been missed.</param>
public readonly record struct TaskHashes(IReadOnlyCollection<ushort> Hashes, bool Any)
{
    public static readonly TaskHashes None = new([], false);
    public static readonly TaskHashes All = new([], true);

    public bool IsEmpty => !Any && Hashes.Count == 0;
}
