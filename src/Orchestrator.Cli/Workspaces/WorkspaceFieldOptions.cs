using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Workspaces;

/// <summary>What a workspace is, to be said when it is created or changed.</summary>
internal sealed class WorkspaceFieldOptions
{
    private readonly Option<string?> _name = Input.Text("--name", "What people call it.");
    private readonly Option<string?> _goal = Input.Text("--goal", "What its tasks are for.");
    private readonly Option<decimal?> _weight = Input.Decimal("--weight", "Its share relative to others, from 0.001 to 1000; 1 by default.");
    private readonly Option<int?> _maxParallel = Input.Limit("--max-parallel", "How many of its tasks may run at the same time.");
    private readonly Option<decimal?> _budget = Input.Decimal("--budget", "What it may spend in all.");
    private readonly Option<string?> _fuses = Input.Json("--fuses", "Its fuses, such as {\"antiLoop\": {\"maxExecutions\": 100}}.");
    private readonly Option<string?> _body = RequestBody.Option();

    public Symbol[] All => [_name, _goal, _weight, _maxParallel, _budget, _fuses, _body];

    public async Task<RequestBody> ReadAsync(ApiCall call) => (await RequestBody.ReadAsync(call.Get(_body), call.Interrupted))
        .Set("name", call.Get(_name))
        .Set("goal", call.Get(_goal))
        .Set("weight", call.Get(_weight))
        .Set("maxParallel", (long?)call.Get(_maxParallel))
        .Set("budget", call.Get(_budget) is { } limit ? new RequestBody(null).Set("limit", limit).ToJson() : null)
        .Set("fuses", await JsonSource.ReadAsync(call.Get(_fuses), "--fuses", call.Interrupted));
}
