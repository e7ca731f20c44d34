namespace Orchestrator.Client.Runs;

/// <summary>Which runs to list: those that fit everything that is named.</summary>
public sealed record RunFilter
{
    public string? Status { get; init; }

    /// <summary><c>owner/name</c> or <c>owner/name@version</c>.</summary>
    public string? Definition { get; init; }

    public string? Tag { get; init; }

    /// <summary>Only runs of which a step waits for a person.</summary>
    public bool Waiting { get; init; }

    /// <summary>The run of which they are steps.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>How many runs to ask for at a time, from 1 to 500; 100 if it is null.</summary>
    public int? PageSize { get; init; }
}
