using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Client.Tasks;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskSubmitCommand : ApiCommand
{
    private readonly Argument<string?> _action = new("action") { Description = "What kind of work it is, such as generation.text; --body may name it.", Arity = ArgumentArity.ZeroOrOne };
    private readonly TaskFieldOptions _fields = new();
    private readonly Option<DateTimeOffset?> _runAt = Input.Moment("--run-at", "Not before this time.");
    private readonly Option<DateTimeOffset?> _deadline = Input.Moment("--deadline", "It fails if it has not ended by then.");
    private readonly Option<Guid?> _parent = Input.IdOption("--parent", "A task of the workspace; cancelling it cancels this one.");
    private readonly Option<string[]> _dependsOn = Input.Many("--depends-on", "A task that must end first.", "id");
    private readonly Option<string?> _onFailure = Input.Choice("--on-dependency-failure", "What becomes of it when one of them fails.", "cancel", "run");
    private readonly Option<string?> _body = RequestBody.Option();
    private readonly Option<string?> _key = Input.Text("--idempotency-key", "The same key and the same task again make no second task.", "key");
    private readonly Option<bool> _wait = Input.Flag("--wait", "Wait for its end; the exit code is 1 when it does not complete.");
    private readonly Option<TimeSpan?> _timeout = Input.Duration("--timeout", "With --wait: how long to wait.");

    public TaskSubmitCommand()
        : base(
            "submit",
            "Submits a task, and prints it.",
            "orc task submit generation.summary --input '{\"text\": \"A long text. And so on.\"}' --wait",
            "orc task submit generation.text --input @prompt.json --priority high --tag draft -w acme",
            "orc task submit generation.summary --input - --idempotency-key order-17 -o json",
            "orc task submit --body '{\"action\": \"generation.simulated\", \"input\": {\"latencyMs\": 500}}'")
    {
        Takes([_action, .. _fields.All, _runAt, _deadline, _parent, _dependsOn, _onFailure, _body, _key, _wait, _timeout]);
        Validators.Add(result =>
        {
            if (result.GetResult(_action) is not { Tokens.Count: > 0 } && result.GetResult(_body) is null)
            {
                result.AddError("An action must be named, or a --body given.");
            }
        });
    }

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var body = await _fields.FillAsync(await RequestBody.ReadAsync(call.Get(_body), call.Interrupted), call);
        body.Set("action", call.Get(_action))
            .Set("runAt", call.Get(_runAt))
            .Set("deadlineAt", call.Get(_deadline))
            .Set("parentId", call.Get(_parent)?.ToString())
            .Set("dependsOn", call.Get(_dependsOn))
            .Set("onDependencyFailure", call.Get(_onFailure));
        var submitted = await call.Client.Tasks.SubmitAsync(call.Workspace, body.ToJson(), call.Get(_key), cancellationToken: call.Interrupted);
        var task = TaskEnds.Found(submitted);
        if (!call.Get(_wait))
        {
            return await call.ShowSubmittedAsync(task);
        }

        Notices.Progress($"Waiting for task {task.Id}.");
        return call.ShowEnd(task.HasEnded() ? task : await call.WaitAsync(task, call.Get(_timeout)));
    }
}
