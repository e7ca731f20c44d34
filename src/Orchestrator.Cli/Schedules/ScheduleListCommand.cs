using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Schedules;

namespace Orchestrator.Cli.Schedules;

internal sealed class ScheduleListCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<ScheduleResponse>> Columns =
    [
        new("ID", schedule => schedule.Id, 63),
        new("WORKSPACE", schedule => schedule.Workspace),
        new("WHEN", schedule => schedule.Cron is { } cron ? $"{cron} {schedule.TimeZone}" : $"every {Texts.Of(TimeSpan.FromMilliseconds(schedule.IntervalMs ?? 0))}"),
        new("ACTION", schedule => schedule.Task.Action, 32),
        new("NEXT", schedule => schedule.Paused ? "paused" : Texts.Of(schedule.NextFireAt)),
        new("LAST", schedule => Texts.Of(schedule.LastFireAt)),
        new("ERROR", schedule => schedule.LastError, 60),
    ];

    private readonly Option<int> _limit = Lists.Limit();

    public ScheduleListCommand()
        : base("list", "Lists the schedules: all, or those of the workspace that is named with -w.", "orc schedule list", "orc schedule list -w acme") => Takes(_limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(call.Client.Schedules.ListAsync(call.NamedWorkspace, call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
