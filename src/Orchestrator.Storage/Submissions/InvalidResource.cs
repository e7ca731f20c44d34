namespace Orchestrator.Storage.Submissions;

/// <summary>One need of a submission that can never be met.</summary>
/// <param name="TaskIndex">Which task of the submission.</param>
/// <param name="Name">The resource.</param>
/// <param name="Most">The most that one task can get of it; null when there is no such resource.</param>
public sealed record InvalidResource(int TaskIndex, string Name, int? Most);
