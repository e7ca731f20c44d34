namespace Orchestrator.Core.Runs.Planning;

/// <summary>The states of runs by the names that everybody else knows.</summary>
public static class RunStatusNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<RunStatus>().Select(ToName)];

    public static string ToName(this RunStatus status) => status switch
    {
        RunStatus.Started => "started",
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Aborted => "aborted",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "There is no such state."),
    };

    /// <summary>The state of that name; null when there is none.</summary>
    public static RunStatus? Parse(string name) => name switch
    {
        "started" => RunStatus.Started,
        "completed" => RunStatus.Completed,
        "failed" => RunStatus.Failed,
        "aborted" => RunStatus.Aborted,
        _ => null,
    };
}
