using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Schedules;

internal sealed class ScheduleUpdateCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "The schedule.");
    private readonly ScheduleTimeOptions _times = new();
    private readonly ScheduleTaskOptions _task = new();
    private readonly Option<string?> _body = RequestBody.Option();

    public ScheduleUpdateCommand()
        : base("update", "Changes a schedule; what is not named stays.", "orc schedule update digest --cron '0 8 * * *'")
    {
        Details = "What is said of its task stands for the whole task.";
        Takes([_id, .. _times.All, .. _task.All, _body]);
    }

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var change = _times.Fill(await RequestBody.ReadAsync(call.Get(_body), call.Interrupted), call).Set("task", await _task.ReadAsync(call));
        return await call.ShowAsync(call.Client.Schedules.PatchAsync(call.Get(_id), change.ToJson(), call.Interrupted));
    }
}
