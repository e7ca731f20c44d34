namespace Orchestrator.Benchmarks.Figures;

/// <summary>One who takes part in a figure.</summary>
/// <param name="Name">As in the report.</param>
/// <param name="MeasureAsync">Measures once, from a clean state to a clean state.</param>
internal sealed record Contender(string Name, Func<Task<Sample>> MeasureAsync);
