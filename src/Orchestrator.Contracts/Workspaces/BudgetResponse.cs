namespace Orchestrator.Contracts.Workspaces;

/// <summary>What a workspace may spend, and what of it is gone; in the currency of the usage.</summary>
/// <param name="Limit">What it may spend in all.</param>
/// <param name="Spent">What attempts that have ended were charged since the last reset.</param>
/// <param name="Reserved">What attempts that run may still be charged.</param>
/// <param name="Remaining">What further attempts may reserve.</param>
public sealed record BudgetResponse(decimal Limit, decimal Spent, decimal Reserved, decimal Remaining);
