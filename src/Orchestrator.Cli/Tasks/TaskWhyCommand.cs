using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskWhyCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("task");

    public TaskWhyCommand()
        : base("why", "Says why a task is not running, or where it runs.", "orc task why 01a1fd44-365c-7a7b-9463-8b11bcec2525") => Takes(_id);

    protected override Task<int> RunAsync(ApiCall call) => call.ShowAsync(call.Client.Tasks.ExplainAsync(call.Get(_id), call.Interrupted));
}
