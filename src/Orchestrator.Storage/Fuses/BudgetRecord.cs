namespace Orchestrator.Storage.Fuses;

/// <summary>What a workspace may spend, and what of it is gone.</summary>
/// <param name="Limit">In the currency of the usage.</param>
/// <param name="Spent">What ended attempts were charged.</param>
/// <param name="Reserved">What attempts that run may still be charged.</param>
public sealed record BudgetRecord(decimal Limit, decimal Spent, decimal Reserved);
