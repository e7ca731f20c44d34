namespace Orchestrator.Core.Scheduling;

/// <summary>The three named priority hints as scores; a caller may also give any score from 0 to 1000.</summary>
public static class PriorityHint
{
    public const int MinScore = 0;
    public const int MaxScore = 1000;

    public const int Low = 100;
    public const int Medium = 300;
    public const int High = 600;

    /// <summary>The score of a named hint, or null when the name is none of the three.</summary>
    public static int? Score(string name) => name switch
    {
        "low" => Low,
        "medium" => Medium,
        "high" => High,
        _ => null,
    };
}
