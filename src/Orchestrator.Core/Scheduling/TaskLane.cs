namespace Orchestrator.Core.Scheduling;

/// <summary>
/// The line that a ready task stands in: all tasks of a lane can be served by the same silos. It is named by the action, and
/// behind it by the skills that the task needs, in order: <c>summarize.text</c>, or <c>summarize.text+italian+law</c>. Names of
/// actions and skills have no plus sign.
/// </summary>
public static class TaskLane
{
    public const char Separator = '+';

    public static string Of(string action, IReadOnlyCollection<string> skills) => skills.Count == 0
        ? action
        : string.Join(Separator, skills.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Prepend(action));

    /// <summary>Whether its tasks need skills.</summary>
    public static bool NamesSkills(string lane) => lane.Contains(Separator, StringComparison.Ordinal);

    public static string ActionOf(string lane) => lane.IndexOf(Separator, StringComparison.Ordinal) is var end and >= 0 ? lane[..end] : lane;

    /// <summary>The skills that its tasks need, in order.</summary>
    public static IReadOnlyList<string> SkillsOf(string lane) => NamesSkills(lane) ? lane.Split(Separator)[1..] : [];
}
