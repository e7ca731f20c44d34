namespace Orchestrator.Core.Priorities;

/// <summary>Within what scores may be shared: one workspace, while it has one goal.</summary>
/// <param name="Goal">Of the goal's exact text: a goal that is worded anew is a new goal.</param>
public readonly record struct ScoreScope(string Workspace, Fingerprint Goal);
