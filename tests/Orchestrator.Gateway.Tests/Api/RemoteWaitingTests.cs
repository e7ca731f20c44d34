using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Runtime.Draining;
using Orchestrator.Storage;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Api;

/// <summary>Remote workers that wait at a gateway of their own.</summary>
public sealed class RemoteWaitingTests
{
    private const string Action = "remote.waiting";

    [Fact]
    public async Task Lease_SeveralWait_EachGetsItsPart()
    {
        await using var gateway = await TestGateway.StartAsync(_ => { });
        var waiting = Enumerable.Range(0, 2).Select(_ => LeaseAsync(gateway, new { actions = new[] { Action }, slots = 10, waitMs = 60_000 })).ToList();
        await WaitingAsync(gateway, slots: 20);

        await gateway.PostAsync("/api/v1/workspaces/default/tasks/batch", new { tasks = Enumerable.Range(0, 6).Select(_ => new { action = Action }) }, 202);

        var dealt = await Task.WhenAll(waiting);
        Assert.Equal([3, 3], dealt);
    }

    [Fact]
    public async Task Lease_OffersWithoutMeasure_AreToldOfWithinABound()
    {
        await using var gateway = await TestGateway.StartAsync(_ => { });
        var skills = Enumerable.Range(0, 50).Select(skill => $"a-skill-with-a-name-of-some-fifty-characters-{skill}").ToList();
        for (var offer = 0; offer < 20; offer++)
        {
            var actions = Enumerable.Range(0, 100).Select(action => $"remote.{offer}.{action}");
            await gateway.PostAsync("/api/v1/leases", new { actions, skills });
        }

        await gateway.PostAsync("/api/v1/leases", new { actions = new[] { "remote.last" } });
        var told = "";
        await Eventually.TrueAsync(
            async () => (told = (await gateway.GetAsync("/api/v1/silos")).Body.GetRawText()).Contains("remote.last", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20),
            () => "The last offer is not told of.");
        Assert.InRange(told.Length, 100_000, 1_500_000);
    }

    [Fact]
    public async Task Lease_ProcessDrains_Is503WithRetryAfterAlsoForThoseThatWait()
    {
        await using var gateway = await TestGateway.StartAsync(_ => { });
        var waiting = gateway.PostAsync("/api/v1/leases", new { actions = new[] { Action }, waitMs = 60_000 }, 503);
        await WaitingAsync(gateway, slots: 1);

        gateway.Services.GetRequiredService<DrainState>().Begin();

        Assert.Equal("draining", (await waiting.WaitAsync(TimeSpan.FromSeconds(5))).Problem);
        var refused = await gateway.PostAsync("/api/v1/leases", new { actions = new[] { Action } }, 503);
        Assert.Equal("draining", refused.Problem);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Lease_GatewayStops_AnswersThoseThatWaitAndListsThemNoMore()
    {
        await using var gateway = await TestGateway.StartAsync(_ => { });
        var waiting = gateway.PostAsync("/api/v1/leases", new { actions = new[] { Action }, waitMs = 60_000 }, 503);
        await WaitingAsync(gateway, slots: 1);

        var stopping = gateway.DisposeAsync().AsTask();

        Assert.Equal("draining", (await waiting.WaitAsync(TimeSpan.FromSeconds(5))).Problem);
        await stopping;
    }

    [Fact]
    public async Task Lease_DrainRequestedOfTheRemoteWorkers_GivesOutNothingMore()
    {
        await using var gateway = await TestGateway.StartAsync(_ => { });
        var waiting = gateway.PostAsync("/api/v1/leases", new { actions = new[] { Action }, waitMs = 60_000 }, 503);
        var silo = await WaitingAsync(gateway, slots: 1);

        await gateway.PostAsync($"/api/v1/silos/{silo}/drain", status: 202);

        Assert.Equal("draining", (await waiting.WaitAsync(TimeSpan.FromSeconds(20))).Problem);
    }

    [Fact]
    public async Task Lease_StoreAway_Is503WithRetryAfter()
    {
        await using var gateway = await TestGateway.StartAsync(builder => builder.Services.AddSingleton<ITurnStore>(new AwayTurns()));

        var answer = await gateway.PostAsync("/api/v1/leases", new { actions = new[] { Action }, waitMs = 60_000 }, 503);

        Assert.Equal("store-unavailable", answer.Problem);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static async Task<int> LeaseAsync(TestGateway gateway, object offer) =>
        (await gateway.PostAsync("/api/v1/leases", offer)).Body.GetProperty("leases").GetArrayLength();

    /// <summary>The silo that stands for the remote workers, once so many of their slots wait.</summary>
    private static async Task<Guid> WaitingAsync(TestGateway gateway, int slots)
    {
        Guid? found = null;
        await Eventually.TrueAsync(
            async () =>
            {
                var silos = (await gateway.GetAsync("/api/v1/silos")).Body.GetProperty("items").EnumerateArray();
                found = silos.Where(silo => silo.GetProperty("name").GetString()!.EndsWith(" remote workers", StringComparison.Ordinal) && silo.GetProperty("slots").GetInt32() >= slots)
                    .Select(silo => (Guid?)silo.GetProperty("id").GetGuid())
                    .FirstOrDefault();
                return found is not null;
            },
            TimeSpan.FromSeconds(20),
            () => "No remote workers wait.");
        return found!.Value;
    }

    private sealed class AwayTurns : ITurnStore
    {
        public Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken) => throw new StoreUnavailableException("It is away.");
    }
}
