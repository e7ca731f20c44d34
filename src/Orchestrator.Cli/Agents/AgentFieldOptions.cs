using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Agents;

/// <summary>What an agent is, to be said when it is created or changed.</summary>
internal sealed class AgentFieldOptions
{
    private readonly Option<string?> _model = Input.Text("--model", "Its model.", "provider/model");
    private readonly Option<string?> _instructions = Input.Text("--instructions", "What the model is told before everything else; @file has it read from there.");
    private readonly Option<string?> _description = Input.Text("--description", "For people; no model sees it.");
    private readonly Option<string[]> _tools = Input.Many("--tool", "A built-in tool: create_task, wait_for_tasks, ask_person or finish.", "tool");
    private readonly Option<string[]> _skills = Pairs.Option("--skill", "How well it does what needs a skill, up to 1.", "name=n");
    private readonly Option<int?> _turns = Input.Limit("--max-turns", "How many answers of the model one task may take; 20 by default.");
    private readonly Option<TimeSpan?> _turnTimeout = Input.Duration("--turn-timeout", "How long one turn may take; 2m by default.");
    private readonly Option<string?> _schema = Input.Json("--output-schema", "The JSON Schema that the result must follow.");
    private readonly Option<string?> _body = RequestBody.Option();

    public Symbol[] All => [_model, _instructions, _description, _tools, _skills, _turns, _turnTimeout, _schema, _body];

    public bool HasBody(ApiCall call) => call.Has(_body);

    public Task<RawJson?> BodyAsync(ApiCall call) => JsonSource.ReadAsync(call.Get(_body), "--body", call.Interrupted);

    /// <summary>The members that are given, over <paramref name="whole"/>.</summary>
    public async Task<RequestBody> ReadAsync(ApiCall call, RawJson? whole)
    {
        var instructions = call.Get(_instructions) is ['@', .. var file] ? await JsonSource.TextAsync(file, call.Interrupted) : call.Get(_instructions);
        return new RequestBody(whole)
            .Set("model", call.Get(_model))
            .Set("instructions", instructions)
            .Set("description", call.Get(_description))
            .Set("tools", call.Get(_tools))
            .SetNumbers("skills", Pairs.NumbersOf(call.Get(_skills), "--skill"))
            .Set("maxTurns", (long?)call.Get(_turns))
            .Set("turnTimeoutMs", (long?)call.Get(_turnTimeout)?.TotalMilliseconds)
            .Set("outputSchema", await JsonSource.ReadAsync(call.Get(_schema), "--output-schema", call.Interrupted));
    }
}
