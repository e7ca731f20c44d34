using Orchestrator.Benchmarks.Figures;

namespace Orchestrator.Benchmarks.Reports;

/// <summary>A goal, and what was measured against it.</summary>
/// <param name="Value">The median, or its ratio to the other's; null when one of them was not measured.</param>
internal sealed record GoalResult(Goal Goal, double? Value)
{
    public bool IsMet => Value is { } value && Goal.IsMetBy(value);

    /// <summary>What the goal asks for, in words.</summary>
    public string Aim => $"{(Goal.IsFloor ? "at least" : "at most")} {Format.Of(Goal.Bound)}{(Other is { } other ? $" × {other}" : "")}";

    public string Verdict => Value is null ? "not measured" : IsMet ? "met" : "NOT MET";

    private string? Other => (Goal.RelativeTo, Goal.RelativeMetric) switch
    {
        (null, _) => null,
        ({ } contender, { } metric) when contender == Goal.Contender => metric,
        ({ } contender, { } metric) => $"{contender}, {metric}",
        ({ } contender, null) => contender,
    };
}
