namespace Orchestrator.Contracts.Audit;

/// <summary>Who did, or tried to do, what.</summary>
public sealed record AuditEntryResponse
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The caller's name; <c>anonymous</c> where there are no keys.</summary>
    public required string Actor { get; init; }

    /// <summary>The address that the request came from; null where it is not known.</summary>
    public string? SourceAddress { get; init; }

    /// <summary>The operation's id in the OpenAPI document.</summary>
    public required string Operation { get; init; }

    /// <summary>What kind of thing it was done to: the part of the path that names it, such as <c>workspaces</c>; null where there is none.</summary>
    public string? TargetKind { get; init; }

    /// <summary>The id of what it was done to.</summary>
    public string? TargetId { get; init; }

    /// <summary>The workspace that it was done in; null for what belongs to none, or where none was found.</summary>
    public string? Workspace { get; init; }

    /// <summary>The status code of the answer; 499 when the caller had gone before there was one.</summary>
    public required int Status { get; init; }

    /// <summary>The type of the problem that was answered; null for none.</summary>
    public string? ProblemType { get; init; }

    /// <summary>The request's trace id, as in problems and logs.</summary>
    public string? TraceId { get; init; }
}
