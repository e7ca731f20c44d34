using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Keys;

internal sealed class KeyCreateCommand : ApiCommand
{
    private readonly Argument<string?> _name = new("name") { Description = "Who holds it, as the audit log names them; --body may name it.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _verbs = Input.Many("--verb", "What it may do: read, submit, control, work, or admin, which is everything.", "verb");
    private readonly Option<string[]> _workspaces = Input.Many("--only", "A workspace that it is for; everywhere without it.", "workspace");
    private readonly Option<DateTimeOffset?> _expiresAt = Input.Moment("--expires-at", "From then on it is refused.");
    private readonly Option<string?> _body = RequestBody.Option();

    public KeyCreateCommand()
        : base(
            "create",
            "Creates a key; this answer alone tells it.",
            "orc key create deploy --verb submit --verb read --only acme --expires-at 2027-01-31T00:00:00Z",
            "orc key create ann --verb admin") => Takes(_name, _verbs, _workspaces, _expiresAt, _body);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var body = (await RequestBody.ReadAsync(call.Get(_body), call.Interrupted))
            .Set("name", call.Get(_name))
            .Set("verbs", call.Get(_verbs))
            .Set("workspaces", call.Get(_workspaces))
            .Set("expiresAt", call.Get(_expiresAt));
        return await call.ShowAsync(call.Client.Keys.CreateAsync(body.ToJson(), call.Interrupted));
    }
}
