using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Definitions;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Runs;

internal sealed class RunStartCommand : ApiCommand
{
    private readonly Argument<DefinitionName> _definition = DefinitionName.Argument();
    private readonly Option<string?> _input = Input.Json("--input", "What its steps read as run.input.");
    private readonly Option<string?> _priority = Priorities.Option();
    private readonly Option<string[]> _tags = Input.Many("--tag", "A tag.", "tag");
    private readonly Option<string?> _key = Input.Text("--idempotency-key", "The same key and the same request again start no second run.", "key");
    private readonly Option<bool> _wait = Input.Flag("--wait", "Wait for its end; the exit code is 1 when it does not complete.");
    private readonly Option<TimeSpan?> _timeout = Input.Duration("--timeout", "With --wait: how long to wait.");

    public RunStartCommand()
        : base(
            "start",
            "Starts a run of a definition.",
            "orc run start acme/digest --input '{\"texts\": [\"Cats sleep.\"]}' -w acme",
            "orc run start acme/digest@1 --input @texts.json --wait --timeout 10m") => Takes(_definition, _input, _priority, _tags, _key, _wait, _timeout);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var definition = call.Get(_definition);
        var body = new RequestBody(null)
            .Set("workspace", call.Workspace)
            .Set("version", definition.Version)
            .Set("input", await JsonSource.ReadAsync(call.Get(_input), "--input", call.Interrupted))
            .Set("priority", Priorities.Of(call.Get(_priority)))
            .Set("tags", call.Get(_tags));
        var started = await call.Client.Runs.StartAsync(definition.Owner, definition.Name, body.ToJson(), call.Get(_key), cancellationToken: call.Interrupted);
        return await call.ShowStartedAsync(started, call.Get(_wait), call.Get(_timeout));
    }
}
