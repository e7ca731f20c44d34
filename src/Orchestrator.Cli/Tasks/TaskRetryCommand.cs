using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Tasks.Bulk;
using Orchestrator.Client.Tasks;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskRetryCommand : OneOrMany
{
    private readonly Option<string?> _input = Input.Json("--input", "What the worker is given instead; for one task.");
    private readonly Option<bool> _wait = Input.Flag("--wait", "Wait for the new task's end; for one task.");
    private readonly Option<TimeSpan?> _timeout = Input.Duration("--timeout", "With --wait: how long to wait.");

    public TaskRetryCommand()
        : base(
            "retry",
            "Submits an ended task again, as a new one; or many.",
            "orc task retry 01a1fd44-365c-7a7b-9463-8b11bcec2525 --wait",
            "orc task retry 01a1fd44-365c-7a7b-9463-8b11bcec2525 --input @mended.json",
            "orc task retry --filter status=failed --filter action=generation.text -w acme --yes") => Takes(_input, _wait, _timeout);

    protected override string Verb => "submitted again";

    protected override async Task<int> RunAsync(ApiCall call, Guid id)
    {
        var input = await JsonSource.ReadAsync(call.Get(_input), "--input", call.Interrupted);
        var submitted = await call.Client.Tasks.RetryAsync(id, input, cancellationToken: call.Interrupted);
        var task = TaskEnds.Found(submitted);
        return !call.Get(_wait)
            ? await call.ShowSubmittedAsync(task)
            : call.ShowEnd(task.HasEnded() ? task : await call.WaitAsync(task, call.Get(_timeout)));
    }
}
