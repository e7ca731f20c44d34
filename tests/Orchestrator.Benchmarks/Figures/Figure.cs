namespace Orchestrator.Benchmarks.Figures;

/// <summary>Something to measure, of several contenders in turn.</summary>
/// <param name="Name">What <c>--figures</c> calls it.</param>
/// <param name="Method">How it is measured, in a sentence or two for the report.</param>
/// <param name="Contenders">Who takes part, in the order in which they are measured.</param>
/// <param name="Goals">What the medians are held against.</param>
internal sealed record Figure(string Name, string Method, IReadOnlyList<Contender> Contenders, IReadOnlyList<Goal> Goals)
{
    /// <summary>How often each contender is measured; null for the number of rounds asked for.</summary>
    public int? Rounds { get; init; }
}
