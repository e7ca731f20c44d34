namespace Orchestrator.Storage.Feed;

/// <summary>An entry of a workspace's history: a pause, a resumption, something about a fuse. <paramref name="Data"/> is JSON.</summary>
public sealed record WorkspaceNews(string Workspace, long Seq, string Type, DateTimeOffset At, string? Data);
