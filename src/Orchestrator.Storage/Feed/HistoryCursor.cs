namespace Orchestrator.Storage.Feed;

/// <summary>Which history to go on reading.</summary>
/// <param name="Id">The task or the run.</param>
/// <param name="After">The last entry that was read; 0 for none.</param>
public readonly record struct HistoryCursor(Guid Id, int After);
