namespace Orchestrator.Storage.Schedules;

/// <summary>The answer to a creation; exactly one of the nested records.</summary>
public abstract record ScheduleCreation
{
    private ScheduleCreation()
    {
    }

    public sealed record Created(ScheduleRecord Schedule) : ScheduleCreation;

    public sealed record IdTaken : ScheduleCreation;

    public sealed record WorkspaceNotFound : ScheduleCreation;
}
