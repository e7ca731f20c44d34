namespace Orchestrator.Core.Tasks;

/// <summary>The lower-case names under which states appear in JSON, events and the store.</summary>
public static class TaskStateNames
{
    public static string ToName(this TaskState state) => state switch
    {
        TaskState.Scheduled => "scheduled",
        TaskState.Blocked => "blocked",
        TaskState.Queued => "queued",
        TaskState.Processing => "processing",
        TaskState.Waiting => "waiting",
        TaskState.Completed => "completed",
        TaskState.Failed => "failed",
        TaskState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a task state."),
    };

    public static bool TryParse(string? name, out TaskState state)
    {
        foreach (var candidate in Enum.GetValues<TaskState>())
        {
            if (string.Equals(candidate.ToName(), name, StringComparison.Ordinal))
            {
                state = candidate;
                return true;
            }
        }

        state = default;
        return false;
    }

    public static TaskState Parse(string name) =>
        TryParse(name, out var state) ? state : throw new FormatException($"'{name}' is not a task state.");

    public static string ToName(this WaitingFor waitingFor) => waitingFor switch
    {
        WaitingFor.Approval => "approval",
        WaitingFor.Children => "children",
        WaitingFor.External => "external",
        WaitingFor.Resource => "resource",
        WaitingFor.Provider => "provider",
        _ => throw new ArgumentOutOfRangeException(nameof(waitingFor), waitingFor, "Not something to wait for."),
    };
}
