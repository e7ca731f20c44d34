namespace Orchestrator.Benchmarks.Figures;

/// <summary>A measurement that broke.</summary>
internal sealed record Failure(string Contender, int Round, string Message);
