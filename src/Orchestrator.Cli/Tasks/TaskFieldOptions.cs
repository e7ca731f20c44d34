using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Tasks;

/// <summary>What is said of a task that is submitted, now or by a schedule.</summary>
internal sealed class TaskFieldOptions
{
    private readonly Option<string?> _input = Input.Json("--input", "What the worker is given.");
    private readonly Option<string?> _name = Input.Text("--name", "What people call it.");
    private readonly Option<string?> _description = Input.Text("--description", "What it is about.");
    private readonly Option<string?> _priority = Priorities.Option();
    private readonly Option<string[]> _tags = Input.Many("--tag", "A tag.", "tag");
    private readonly Option<string?> _owner = Input.Text("--owner", "On whose behalf.", "id");
    private readonly Option<int?> _attempts = Input.Number("--max-attempts", "How often it is tried; 3 by default.", 1, 100);
    private readonly Option<TimeSpan?> _limit = Input.Duration("--attempt-timeout", "How long one attempt may take; 2m by default.");
    private readonly Option<string[]> _skills = Input.Many("--skill", "A skill that its worker must have.", "skill");
    private readonly Option<string[]> _resources = Pairs.Option("--resource", "Tokens or permits that it needs.", "name=n");

    public Symbol[] All => [_input, _name, _description, _priority, _tags, _owner, _attempts, _limit, _skills, _resources];

    public async Task<RequestBody> FillAsync(RequestBody body, ApiCall call) => body
        .Set("input", await JsonSource.ReadAsync(call.Get(_input), "--input", call.Interrupted))
        .Set("name", call.Get(_name))
        .Set("description", call.Get(_description))
        .Set("priority", Priorities.Of(call.Get(_priority)))
        .Set("tags", call.Get(_tags))
        .Set("ownerId", call.Get(_owner))
        .Set("maxAttempts", (long?)call.Get(_attempts))
        .Set("timeoutMs", (long?)call.Get(_limit)?.TotalMilliseconds)
        .Set("skills", call.Get(_skills))
        .SetNumbers("resources", Pairs.NumbersOf(call.Get(_resources), "--resource"));
}
