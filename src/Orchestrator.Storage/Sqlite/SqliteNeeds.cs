namespace Orchestrator.Storage.Sqlite;

/// <summary>What a ready task needs, by resource, and for which one it was woken and when.</summary>
internal sealed record SqliteNeeds(IReadOnlyDictionary<string, int> Amounts, string? WaitingOn, DateTimeOffset? ReadySince);
