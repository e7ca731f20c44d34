namespace Orchestrator.Core.Runs.Planning;

/// <summary>The states of steps by the names that everybody else knows.</summary>
public static class StepStatusNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<StepStatus>().Select(ToName)];

    public static string ToName(this StepStatus status) => status switch
    {
        StepStatus.Pending => "pending",
        StepStatus.Running => "running",
        StepStatus.Waiting => "waiting",
        StepStatus.Completed => "completed",
        StepStatus.Failed => "failed",
        StepStatus.Skipped => "skipped",
        StepStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "There is no such state."),
    };
}
