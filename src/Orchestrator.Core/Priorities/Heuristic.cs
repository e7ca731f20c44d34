using Orchestrator.Core.Concepts;
using Orchestrator.Core.Scheduling;

namespace Orchestrator.Core.Priorities;

/// <summary>
/// The score of a task the moment it is submitted: its hint, and points for what it has in common with the workspace's goal.
/// <c>points = 300 × (1 − 2^−n)</c>, where n counts the concepts that goal and task share, so each brings half of what was left to
/// gain, and the length of neither text matters.
/// </summary>
public static class Heuristic
{
    /// <summary>The most that closeness to the goal can bring: from the medium hint to the high one.</summary>
    public const int MaxGoalPoints = 300;

    /// <summary>How many of the shared concepts are named.</summary>
    public const int MaxNamedConcepts = 8;

    private const double TopicWeight = 1;
    private const double ContentWeight = 0.5;
    private const double ActWeight = 0.25;

    /// <param name="priority">The hint, from 0 to 1000.</param>
    public static HeuristicScore Of(int priority, IReadOnlyDictionary<string, ConceptRole> goal, IReadOnlyDictionary<string, ConceptRole> task)
    {
        var (fewer, more) = goal.Count < task.Count ? (goal, task) : (task, goal);
        var shared = fewer.Where(subject => more.ContainsKey(subject.Key)).Select(subject => (Name: subject.Key, Weight: Weigh(subject.Value))).ToList();

        // To write, by itself, is close to nothing.
        var weight = shared.Exists(subject => subject.Weight > ActWeight) ? shared.Sum(subject => subject.Weight) : 0;
        var points = (int)Math.Round(MaxGoalPoints * (1 - Math.Pow(2, -weight)));
        points = Math.Min(points, PriorityHint.MaxScore - priority);
        var hint = new ScoreReason("priority", priority);
        return points <= 0
            ? new HeuristicScore(priority, [hint])
            : new HeuristicScore(priority + points, [hint, new ScoreReason("goal", points) { Concepts = Name(shared) }]);
    }

    private static double Weigh(ConceptRole role) => role switch
    {
        ConceptRole.Topic => TopicWeight,
        ConceptRole.Content => ContentWeight,
        _ => ActWeight,
    };

    private static List<string> Name(IEnumerable<(string Name, double Weight)> shared) =>
    [
        .. shared
            .OrderByDescending(subject => subject.Weight)
            .ThenBy(subject => subject.Name, StringComparer.Ordinal)
            .Take(MaxNamedConcepts)
            .Select(subject => subject.Name.TrimStart('\'')),
    ];
}
