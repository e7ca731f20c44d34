namespace Orchestrator.Contracts.Tasks;

/// <param name="Fraction">From 0 to 1.</param>
/// <param name="Message">What is being done.</param>
public sealed record TaskProgress(double Fraction, string? Message);
