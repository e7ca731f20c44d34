namespace Orchestrator.Runtime.Schedules;

/// <summary>The tag by which the tasks of a schedule are found.</summary>
public static class ScheduleTag
{
    public static string Of(string schedule) => $"schedule:{schedule}";
}
