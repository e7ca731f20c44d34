using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Cluster;

internal sealed class ResourceSetCommand : ApiCommand
{
    private readonly Argument<string> _name = Input.Name("name", "The resource.");
    private readonly Option<int?> _capacity = Input.Limit("--capacity", "Of a bucket: the most tokens that it holds.");
    private readonly Option<decimal?> _refill = Input.Decimal("--refill-per-second", "Of a bucket: tokens that come in during a second.");
    private readonly Option<int?> _permits = Input.Limit("--permits", "Of a semaphore: how many can be held at the same time.");

    public ResourceSetCommand()
        : base(
            "set",
            "Creates a resource, or changes what it gives.",
            "orc resource set google_search_api --capacity 100 --refill-per-second 1",
            "orc resource set database_connections --permits 20") => Takes(_name, _capacity, _refill, _permits);

    protected override Task<int> RunAsync(ApiCall call)
    {
        var settings = new RequestBody(null)
            .Set("capacity", (long?)call.Get(_capacity))
            .Set("refillPerSecond", call.Get(_refill))
            .Set("permits", (long?)call.Get(_permits));
        return call.ShowAsync(call.Client.Resources.PutAsync(call.Get(_name), settings.ToJson(), call.Interrupted));
    }
}
