using System.Globalization;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Schedules;
using Orchestrator.Core.Schedules;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Gateway.Responses;

internal static class ScheduleMapper
{
    public static ScheduleResponse ToResponse(this ScheduleRecord schedule) => new()
    {
        Id = schedule.Id,
        Workspace = schedule.Workspace,
        Cron = schedule.Cron,
        TimeZone = schedule.TimeZone,
        IntervalMs = schedule.IntervalMs,
        MissedFires = schedule.MissedFires.ToName(),
        Paused = schedule.Paused,
        Task = ToResponse(schedule.Task),
        NextFireAt = schedule.NextFireAt,
        LastFireAt = schedule.LastFireAt,
        LastTaskId = schedule.LastTaskId,
        LastError = schedule.LastError,
        CreatedAt = schedule.CreatedAt,
        UpdatedAt = schedule.UpdatedAt,
    };

    private static ScheduleTask ToResponse(NewTask task) => new()
    {
        Action = task.Action,
        Name = task.Name,
        Description = task.Description,
        Input = task.Input.IsEmpty ? null : new RawJson(task.Input),
        Priority = RawJson.From(task.Score.ToString(CultureInfo.InvariantCulture)),
        OwnerId = task.OwnerId,
        Tags = task.Tags,
        MaxAttempts = task.MaxAttempts,
        TimeoutMs = task.TimeoutMs,
        Resources = task.Resources,
        Skills = task.Skills,
    };
}
