namespace Orchestrator.Storage.Failures;

/// <summary>Which groups of failures to list.</summary>
public sealed record ErrorQuery(int Limit)
{
    /// <summary>Only of this workspace; null for all.</summary>
    public string? Workspace { get; init; }

    /// <summary>Those with the most failed tasks first, rather than those that were seen last.</summary>
    public bool MostFrequentFirst { get; init; }

    /// <summary>The group to go on after; null for the first part.</summary>
    public ErrorPlace? After { get; init; }
}
