namespace Orchestrator.Contracts.Workspaces;

/// <summary>What a workspace may spend.</summary>
public sealed record BudgetBody
{
    /// <summary>In all until the fuse is reset, in the currency of the usage, from 0.000001 to 1,000,000,000.</summary>
    public required decimal Limit { get; init; }
}
