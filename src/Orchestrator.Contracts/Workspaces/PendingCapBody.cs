namespace Orchestrator.Contracts.Workspaces;

/// <summary>How many tasks of a workspace may wait or run; more are refused.</summary>
public sealed record PendingCapBody
{
    /// <summary>How many delegated ones, from 1 to 100,000,000; 5,000 by default.</summary>
    public int? Delegated { get; init; }

    /// <summary>How many in all, from 1 to 100,000,000; 1,000,000 by default.</summary>
    public int? Total { get; init; }
}
