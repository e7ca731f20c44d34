using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Schedules;

namespace Orchestrator.Cli.Schedules;

/// <summary>Pauses a schedule, or resumes it.</summary>
internal sealed class SchedulePauseCommand : ApiCommand
{
    private readonly bool _isPaused;
    private readonly Argument<string> _id = Input.Name("id", "The schedule.");

    public SchedulePauseCommand(string name, string summary, bool isPaused)
        : base(name, summary, $"orc schedule {name} digest")
    {
        _isPaused = isPaused;
        Takes(_id);
    }

    protected override Task<int> RunAsync(ApiCall call) =>
        call.ShowAsync(call.Client.Schedules.PatchAsync(call.Get(_id), new PatchScheduleRequest { Paused = _isPaused }, call.Interrupted));
}
