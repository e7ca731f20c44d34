namespace Orchestrator.Storage.Steering;

/// <param name="Key">By which the answer can be found again; null to find it as the last one only.</param>
/// <param name="Details">What the decision is about, as JSON in UTF-8; null for nothing.</param>
/// <param name="TimeLimit">How long the answer is waited for; null for as long as it takes.</param>
public sealed record NewApproval(string? Key, string Question, ReadOnlyMemory<byte>? Details, TimeSpan? TimeLimit);
