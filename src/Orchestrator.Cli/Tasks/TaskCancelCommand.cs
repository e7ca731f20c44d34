using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Tasks.Bulk;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskCancelCommand() : OneOrMany(
    "cancel",
    "Cancels a task that has not ended, with its descendants; or many.",
    "orc task cancel 01a1fd44-365c-7a7b-9463-8b11bcec2525",
    "orc task cancel --filter status=queued --filter tag=draft -w acme",
    "orc task cancel --filter status=queued --filter tag=draft -w acme --yes")
{
    protected override string Verb => "cancelled";

    protected override Task<int> RunAsync(ApiCall call, Guid id) => call.ShowAsync(call.Client.Tasks.CancelAsync(id, call.Interrupted));
}
