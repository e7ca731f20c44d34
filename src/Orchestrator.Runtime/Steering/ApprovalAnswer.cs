namespace Orchestrator.Runtime.Steering;

/// <summary>How a request for approval was answered.</summary>
/// <param name="Edits">What the person changed, as a JSON object in UTF-8; null for nothing.</param>
/// <param name="Comment">What the person said about it.</param>
public sealed record ApprovalAnswer(ApprovalDecision Decision, ReadOnlyMemory<byte>? Edits, string? Comment);
