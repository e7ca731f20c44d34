namespace Orchestrator.Runtime.Feed;

/// <summary>A task or a run that has news; the store knows which.</summary>
public readonly record struct NewsItem(Guid Id, bool IsRun);
