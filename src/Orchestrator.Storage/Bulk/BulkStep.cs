namespace Orchestrator.Storage.Bulk;

/// <summary>What one step of an operation did.</summary>
/// <param name="Ended">The tasks that it ended.</param>
/// <param name="Looked">How many tasks it looked at.</param>
public sealed record BulkStep(IReadOnlyList<Guid> Ended, int Looked)
{
    /// <summary>The tasks that it submitted.</summary>
    public IReadOnlyList<Guid> Made { get; init; } = [];
}
