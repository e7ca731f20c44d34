using System.Text.Json;
using Orchestrator.Client;
using Orchestrator.Contracts.Resources;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Api;

/// <summary>On a gateway whose buckets are seconds.</summary>
public sealed class ResourceLevelTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;
    private OrchestratorClient _client = null!;

    public async Task InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(_ => { }, "--Timeline:BucketSize", "seconds", "--Timeline:DurationSeconds", "30");
        _client = new OrchestratorClient(_gateway.Client);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task GetLevels_BucketAndSemaphore_SaysWhatWasLeftAndUsed()
    {
        await _client.Resources.PutAsync("search", new PutResourceRequest { Capacity = 8, RefillPerSecond = 0.000001m });
        await _client.Resources.PutAsync("database", new PutResourceRequest { Permits = 3 });
        await _gateway.SubmitAsync("default", new { action = GateWorker.Action, input = "levels", resources = new { search = 2, database = 1 } });
        await _gateway.Gates.StartedAsync("levels");

        var bucket = await EventuallyAsync("search", level => level.Used >= 2);
        var semaphore = await EventuallyAsync("database", level => level.Used > 0);
        _gateway.Gates.Open("levels");

        Assert.InRange(bucket.Available!.Value, 6, 6.1m);
        Assert.Equal(8, bucket.Available + bucket.Used);
        Assert.Equal((2m, 1m, 3, 8), (semaphore.Available, semaphore.Used, semaphore.Most, bucket.Most));
    }

    [Fact]
    public async Task GetLevels_OfAWhile_HasEveryBucketAndNullsWhereNobodyLooked()
    {
        await _client.Resources.PutAsync("later", new PutResourceRequest { Permits = 3 });
        await EventuallyAsync("later", level => level.Most == 3);

        var all = (await _gateway.GetAsync("/api/v1/resources/later/levels")).Body;
        var some = await _client.Resources.GetLevelsAsync("later", TimeSpan.FromSeconds(5));

        Assert.Equal((1, 30), (all.GetProperty("bucketSeconds").GetInt32(), all.GetProperty("buckets").GetArrayLength()));
        var first = all.GetProperty("buckets")[0];
        Assert.Equal(all.GetProperty("from").GetString(), first.GetProperty("at").GetString());
        Assert.All(new[] { "available", "used", "most" }, name => Assert.Equal(JsonValueKind.Null, first.GetProperty(name).ValueKind));
        Assert.Equal((5, some.To), (some.Buckets.Count, some.Buckets[^1].At.AddSeconds(1)));
    }

    [Fact]
    public async Task GetLevels_BadQueriesAndUnknownResource_AreRefused()
    {
        Assert.Equal(["/durationSeconds", "/name", "/other"], (await _gateway.GetAsync("/api/v1/resources/No%20Name/levels?durationSeconds=61&other=1", 400)).Pointers.Order());
        Assert.Equal("resource-not-found", (await _gateway.GetAsync("/api/v1/resources/nothing/levels", 404)).Problem);
    }

    private async Task<ResourceLevelResponse> EventuallyAsync(string name, Func<ResourceLevelResponse, bool> isThere)
    {
        ResourceLevelResponse? found = null;
        await Eventually.TrueAsync(
            async () => (found = (await _client.Resources.GetLevelsAsync(name)).Buckets.FirstOrDefault(isThere)) is not null, TimeSpan.FromSeconds(30), () => $"No level of {name} is as it should be.");
        return found!;
    }
}
