using System.Text.Json;
using Orchestrator.Core.Schedules;
using Orchestrator.Storage.Schedules;

namespace Orchestrator.Storage.Relational;

/// <summary>How schedules are read from their rows.</summary>
internal static class ScheduleColumns
{
    public static ScheduleRecord Read(Row row) => new()
    {
        Id = row.Text("id"),
        Workspace = row.Text("workspace"),
        Cron = row.TextOrNull("cron"),
        TimeZone = row.TextOrNull("time_zone"),
        IntervalMs = row.BigIntegerOrNull("interval_ms"),
        AnchorAt = row.Time("anchor_at"),
        MissedFires = MissedFiresNames.Parse(row.Text("missed_fires"))!.Value,
        Paused = row.Flag("paused"),
        Task = JsonSerializer.Deserialize(row.Text("task"), StorageJson.Default.NewTask)! with { Input = row.BytesOrNull("input") },
        NextFireAt = row.TimeOrNull("next_fire_at"),
        LastFireAt = row.TimeOrNull("last_fire_at"),
        LastTaskId = row.IdOrNull("last_task_id"),
        LastError = row.TextOrNull("last_error"),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
    };
}
