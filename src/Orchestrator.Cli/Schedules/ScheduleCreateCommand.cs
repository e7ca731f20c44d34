using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Schedules;

internal sealed class ScheduleCreateCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "Its id: a-z, 0-9, dot, underscore, hyphen.");
    private readonly ScheduleTimeOptions _times = new();
    private readonly ScheduleTaskOptions _task = new();
    private readonly Option<bool> _paused = Input.Flag("--paused", "It waits to be resumed.");
    private readonly Option<string?> _body = RequestBody.Option();

    public ScheduleCreateCommand()
        : base(
            "create",
            "Creates a schedule.",
            "orc schedule create digest --cron '0 7 * * 1-5' --time-zone Europe/Rome --action generation.summary --input @digest.json",
            "orc schedule create pulse --every 5m --action generation.simulated -w acme") => Takes([_id, .. _times.All, .. _task.All, _paused, _body]);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var body = _times.Fill(await RequestBody.ReadAsync(call.Get(_body), call.Interrupted), call)
            .Set("id", call.Get(_id))
            .Set("workspace", call.Has(_body) ? call.NamedWorkspace : call.Workspace)
            .Flag("paused", call.Get(_paused))
            .Set("task", await _task.ReadAsync(call));
        return await call.ShowAsync(call.Client.Schedules.CreateAsync(body.ToJson(), call.Interrupted));
    }
}
