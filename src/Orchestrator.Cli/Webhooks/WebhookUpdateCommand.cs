using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Webhooks;

internal sealed class WebhookUpdateCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("webhook");
    private readonly Option<string?> _address = Input.Text("--to", "Where events are posted to.", "url");
    private readonly Option<string[]> _types = Input.Many("--type", "A type of events; all of its types are replaced by those that are given.", "type");
    private readonly Option<string?> _enabled = Input.Choice("--enabled", "Whether events are written down for it, and sent.", "true", "false");
    private readonly Option<string?> _body = RequestBody.Option();

    public WebhookUpdateCommand()
        : base("update", "Changes a webhook; what is not named stays.", "orc webhook update 01a1fd44-365c-7a7b-9463-8b11bcec2525 --enabled true") => Takes(_id, _address, _types, _enabled, _body);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var change = (await RequestBody.ReadAsync(call.Get(_body), call.Interrupted))
            .Set("url", call.Get(_address))
            .Set("types", call.Get(_types))
            .Set("enabled", RawJson.From(call.Get(_enabled)));
        return await call.ShowAsync(call.Client.Webhooks.PatchAsync(call.Get(_id), change.ToJson(), call.Interrupted));
    }
}
