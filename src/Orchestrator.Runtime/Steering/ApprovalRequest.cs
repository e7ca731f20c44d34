namespace Orchestrator.Runtime.Steering;

/// <summary>What a person is asked.</summary>
/// <param name="Question">In words for that person, at most 10,000 characters.</param>
/// <param name="Details">What the decision is about, as a JSON value in UTF-8 that the person may edit, at most 1 MiB; null for nothing.</param>
/// <param name="TimeLimit">How long the answer is waited for, at most 365 days; null for as long as it takes.</param>
public sealed record ApprovalRequest(string Question, ReadOnlyMemory<byte>? Details = null, TimeSpan? TimeLimit = null)
{
    /// <summary>Names it among the requests of the task, 1 to 200 characters, so that its answer can be told from those to others; null to find it as the last one only.</summary>
    public string? Key { get; init; }
}
