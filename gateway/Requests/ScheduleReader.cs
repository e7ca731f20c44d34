using System.Text.Json;
using Orchestrator.Core.Schedules;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Schedules;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the bodies of the schedule endpoints.</summary>
internal sealed class ScheduleReader(SubmissionReader tasks, IWorkspaceStore workspaces)
{
    private static readonly string[] Changeable = ["cron", "timeZone", "intervalMs", "missedFires", "paused", "task"];

    /// <summary>When a schedule is due, as far as the body says.</summary>
    private sealed record Timing(string? Cron, string? TimeZone, long? IntervalMs);

    public async Task<ScheduleRecord> ReadNewAsync(JsonElement body, CallerContext caller, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var fields = Open(body, errors);
        fields.Require("id");
        fields.Require("task");
        var id = TaskReader.Name(fields, "id") ?? "";
        var workspace = TaskReader.Name(fields, "workspace") ?? IWorkspaceStore.DefaultWorkspace;
        var timing = ReadTiming(fields);
        var schedule = new ScheduleRecord
        {
            Id = id,
            Workspace = workspace,
            Cron = timing.Cron,
            TimeZone = timing.Cron is null ? null : timing.TimeZone ?? TimeZones.Utc,
            IntervalMs = timing.IntervalMs,
            MissedFires = ReadMissedFires(fields) ?? MissedFires.Skip,
            Paused = fields.Flag("paused") ?? false,
            Task = ReadTask(fields) ?? new NewTask { Id = Guid.Empty, Action = "" },
        };
        fields.RefuseUnknown();
        if (!Names(fields, "cron") && !Names(fields, "intervalMs"))
        {
            errors.Malformed(fields.At("cron"), "is required where intervalMs is left out.");
        }

        if (!errors.Has(fields.At("workspace")) && !(caller.Sees(workspace) && await workspaces.FindAsync(workspace, cancellationToken) is not null))
        {
            errors.Unprocessable(fields.At("workspace"), "is no workspace.");
        }

        errors.ThrowIfAny();
        return schedule;
    }

    /// <summary>What the body makes of a schedule.</summary>
    public Func<ScheduleRecord, ScheduleRecord> ReadPatch(JsonElement body)
    {
        var errors = new FieldErrors();
        var fields = Open(body, errors);
        var timing = ReadTiming(fields);
        var missedFires = ReadMissedFires(fields);
        var paused = fields.Flag("paused");
        var task = ReadTask(fields);
        fields.RefuseNull(Changeable);
        fields.RefuseUnknown();
        if (body.GetPropertyCount() == 0)
        {
            errors.Malformed(JsonPointer.Root, $"names no change; known are {string.Join(", ", Changeable)}.");
        }

        errors.ThrowIfAny();
        return schedule => Retime(schedule, timing) with
        {
            MissedFires = missedFires ?? schedule.MissedFires,
            Paused = paused ?? schedule.Paused,
            Task = task ?? schedule.Task,
        };
    }

    private static ScheduleRecord Retime(ScheduleRecord schedule, Timing timing)
    {
        if (timing.IntervalMs is { } interval)
        {
            return schedule with { IntervalMs = interval, Cron = null, TimeZone = null };
        }

        if (timing.TimeZone is not null && timing.Cron is null && schedule.Cron is null)
        {
            var errors = new FieldErrors();
            errors.Unprocessable("/timeZone", "goes with cron, and this schedule has an interval.");
            throw new ProblemException(errors.ToProblem());
        }

        var timeZone = timing.TimeZone ?? schedule.TimeZone;
        return timing.Cron is { } cron
            ? schedule with { Cron = cron, TimeZone = timeZone ?? TimeZones.Utc, IntervalMs = null }
            : schedule with { TimeZone = timeZone };
    }

    private static Timing ReadTiming(ObjectReader fields)
    {
        var timing = new Timing(
            ReadCron(fields),
            ReadTimeZone(fields),
            fields.BigInteger("intervalMs", ScheduleLimits.MinIntervalMs, ScheduleLimits.MaxIntervalMs));
        if (Names(fields, "cron") && Names(fields, "intervalMs"))
        {
            fields.Errors.Malformed(fields.At("intervalMs"), "must not stand beside cron.");
        }
        else if (Names(fields, "timeZone") && Names(fields, "intervalMs"))
        {
            fields.Errors.Malformed(fields.At("timeZone"), "goes with cron, not with intervalMs.");
        }

        return timing;
    }

    private static string? ReadCron(ObjectReader fields)
    {
        if (fields.Text("cron", ScheduleLimits.MaxCronLength) is not { } text)
        {
            return null;
        }

        if (!CronExpression.TryParse(text, out _, out var error))
        {
            fields.Errors.Malformed(fields.At("cron"), error);
        }

        return text;
    }

    private static string? ReadTimeZone(ObjectReader fields)
    {
        if (fields.Text("timeZone", ScheduleLimits.MaxTimeZoneLength) is not { } text)
        {
            return null;
        }

        if (TimeZones.Find(text) is null)
        {
            fields.Errors.Malformed(fields.At("timeZone"), "is no time zone that is known here; write an IANA name such as Europe/Rome, or UTC.");
        }

        return text;
    }

    private static MissedFires? ReadMissedFires(ObjectReader fields)
    {
        if (fields.Text("missedFires", int.MaxValue, minLength: 0) is not { } text)
        {
            return null;
        }

        if (MissedFiresNames.Parse(text) is { } policy)
        {
            return policy;
        }

        fields.Errors.Malformed(fields.At("missedFires"), "must be skip or once.");
        return null;
    }

    private NewTask? ReadTask(ObjectReader fields) =>
        fields.Find("task") is { ValueKind: not JsonValueKind.Null } value && ObjectReader.Open(value, fields.At("task"), fields.Errors) is { } task
            ? tasks.ReadTemplate(task)
            : null;

    private static bool Names(ObjectReader fields, string member) => fields.Has(member) && !fields.IsNull(member);

    private static ObjectReader Open(JsonElement body, FieldErrors errors)
    {
        var fields = ObjectReader.Open(body, JsonPointer.Root, errors);
        errors.ThrowIfAny();
        return fields!;
    }
}
