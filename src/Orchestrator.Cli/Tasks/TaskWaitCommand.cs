using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Client.Tasks;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskWaitCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("task");
    private readonly Option<TimeSpan?> _timeout = Input.Duration("--timeout", "How long to wait; as long as it takes by default.");

    public TaskWaitCommand()
        : base(
            "wait",
            "Waits for a task's end, and prints it; the exit code is 1 when it does not complete, 124 when it has not ended in time.",
            "orc task wait 01a1fd44-365c-7a7b-9463-8b11bcec2525",
            "orc task wait 01a1fd44-365c-7a7b-9463-8b11bcec2525 --timeout 30s -o json") => Takes(_id, _timeout);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        // A task that is not there, and a gateway that is not, are told at once; only what has begun is waited for over restarts.
        var task = await call.Client.Tasks.GetAsync(call.Get(_id), cancellationToken: call.Interrupted);
        Notices.Progress($"Task {task.Id} is {task.Status}.");
        return call.ShowEnd(task.HasEnded() ? task : await call.WaitAsync(task, call.Get(_timeout)));
    }
}
