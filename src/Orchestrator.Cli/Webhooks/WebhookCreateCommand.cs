using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Webhooks;

internal sealed class WebhookCreateCommand : ApiCommand
{
    private readonly Argument<string?> _address = new("to") { Description = "Where events are posted to; --body may name it.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _types = Input.Many("--type", "A type of events, such as task.completed, or * for all.", "type");
    private readonly Option<string?> _description = Input.Text("--description", "What it is for.");
    private readonly Option<string?> _body = RequestBody.Option();

    public WebhookCreateCommand()
        : base(
            "create",
            "Creates a webhook; this answer alone tells its secret.",
            "orc webhook create https://example.org/hook --type task.completed --type task.failed -w acme",
            "orc webhook create https://example.org/hook --type '*'")
    {
        Details = "It is told of the workspace that is named with -w; of all without one.";
        Takes(_address, _types, _description, _body);
    }

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var body = (await RequestBody.ReadAsync(call.Get(_body), call.Interrupted))
            .Set("url", call.Get(_address))
            .Set("types", call.Get(_types))
            .Set("description", call.Get(_description))
            .Set("workspace", call.NamedWorkspace);
        return await call.ShowAsync(call.Client.Webhooks.CreateAsync(body.ToJson(), call.Interrupted));
    }
}
