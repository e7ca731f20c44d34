namespace Orchestrator.Storage.Fuses;

/// <summary>Something that happened to a workspace.</summary>
/// <param name="Seq">Its place among the events of the workspace.</param>
/// <param name="Type">Such as <c>fuse.tripped</c>.</param>
/// <param name="Data">A JSON object, or null.</param>
public sealed record WorkspaceEvent(long Seq, string Type, DateTimeOffset At, string? Data);
