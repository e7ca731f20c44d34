using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Storage.Runs;

/// <summary>Which runs to list, newest first.</summary>
public sealed record RunQuery
{
    public required string Workspace { get; init; }

    public IReadOnlyList<RunStatus> Statuses { get; init; } = [];

    /// <summary><c>owner/name</c> or <c>owner/name@version</c>.</summary>
    public string? Definition { get; init; }

    public string? Tag { get; init; }

    /// <summary>Only those of which a step waits for a person.</summary>
    public bool Waiting { get; init; }

    public Guid? ParentRunId { get; init; }

    /// <summary>The last one of the page before.</summary>
    public Guid? Before { get; init; }

    public required int Limit { get; init; }
}
