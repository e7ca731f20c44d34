using Orchestrator.Storage.Runs;

namespace Orchestrator.Storage.Feed;

/// <summary>What a run's history tells beyond a cursor.</summary>
/// <param name="Events">In order, without a gap from the cursor on.</param>
/// <param name="HasMore">Whether there may be more behind them.</param>
public sealed record RunNewsPage(Guid Id, string Workspace, IReadOnlyList<RunEventRecord> Events, bool HasMore);
