namespace Orchestrator.Storage.Audit;

/// <summary>What was done, or tried.</summary>
/// <param name="Actor">The caller's name.</param>
/// <param name="Operation">The operation's id in the OpenAPI document.</param>
/// <param name="Status">The status code of the answer.</param>
public sealed record NewAuditEntry(string Actor, string Operation, int Status)
{
    public string? SourceAddress { get; init; }

    /// <summary>What kind of thing it was done to; null where there is none.</summary>
    public string? TargetKind { get; init; }

    public string? TargetId { get; init; }

    public string? Workspace { get; init; }

    public string? ProblemType { get; init; }

    public string? TraceId { get; init; }
}
