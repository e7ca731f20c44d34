using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Tasks.Bulk;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskMoveCommand : ApiCommand
{
    private readonly Option<string?> _to = Input.Text("--to", "The workspace that gets them.", "workspace");
    private readonly BulkOptions _many = new();

    public TaskMoveCommand()
        : base(
            "move",
            "Gives tasks that have not started to another workspace.",
            "orc task move --filter action=generation.text --to acme --yes")
    {
        Details = "Without --yes the tasks are only counted, and the exit code is 3.";
        _to.Required = true;
        Takes([_to, .. _many.All]);
        Validators.Add(result =>
        {
            if (!_many.IsGiven(result))
            {
                result.AddError("Say which tasks with --filter.");
            }
        });
    }

    protected override Task<int> RunAsync(ApiCall call) => BulkWork.RunAsync(call, _many, "move", $"moved to {call.Get(_to)}", call.Get(_to));
}
