namespace Orchestrator.Storage.Steering;

/// <param name="Edits">What the person changed, as a JSON object in UTF-8; null for nothing.</param>
public sealed record ApprovalReply(ApprovalVerdict Verdict, ReadOnlyMemory<byte>? Edits = null, string? Comment = null)
{
    /// <summary>Which request of the task it answers; null for the one that is open.</summary>
    public int? Number { get; init; }
}
