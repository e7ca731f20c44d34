namespace Orchestrator.Runtime.Steering;

/// <summary>What a person is asked.</summary>
/// <param name="Question">In words for that person, at most 10,000 characters.</param>
/// <param name="Details">What the decision is about, as a JSON value in UTF-8 that the person may edit; null for nothing.</param>
/// <param name="TimeLimit">How long the answer is waited for; null for as long as it takes.</param>
public sealed record ApprovalRequest(string Question, ReadOnlyMemory<byte>? Details = null, TimeSpan? TimeLimit = null);
