using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Feed;

/// <summary>What a task's history tells beyond a cursor.</summary>
/// <param name="RunId">The run that the task is a step of; null for none.</param>
/// <param name="Events">In order of <see cref="TaskEvent.Seq"/>, without a gap from the cursor on.</param>
/// <param name="LastSeq">The newest entry of the whole history; beyond <paramref name="Events"/> when there are more.</param>
public sealed record TaskNews(Guid Id, string Workspace, Guid? RunId, IReadOnlyList<TaskEvent> Events, int LastSeq);
