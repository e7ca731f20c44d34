using System.Collections.Concurrent;
using Orchestrator.Core.Webhooks;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Webhooks;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Stores;
using Orchestrator.TestKit.Webhooks;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>Webhooks told by several processes on one PostgreSQL.</summary>
[OnPostgres]
public sealed class WebhookScenarios : IAsyncLifetime
{
    private const string Secret = "a secret of some length";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly FakeExecutor _instant = new((_, _) => Task.FromResult(FakeExecutor.Success()));
    private PostgresTestStore _store = null!;
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _store = await PostgresTestStore.CreateWithRunningClockAsync();
        _receiver = await WebhookReceiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _store.DisposeAsync();
    }

    [StoreFact]
    public async Task Deliver_ByThreeProcesses_TellsOfEachEventOnce()
    {
        await CreateWebhookAsync(_receiver.Url);
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var third = await StartAsync();

        var ids = await first.SubmitAsync("default", [.. Enumerable.Range(0, 300).Select(_ => first.NewTask())]);

        await WaitForAllAsync(DeliveryState.Delivered);
        Assert.Equal(ids.Order(), _receiver.Received.Select(received => received.Body.GetProperty("taskId").GetGuid()).Order());
        Assert.All(_receiver.Received, received => Assert.True(received.IsSignedWith(Secret)));
        Assert.Equal([], await _store.Store.Invariants.CheckAsync(CancellationToken.None));
    }

    /// <summary>Each event is refused twice and then taken; one receiver that never answers holds up nobody.</summary>
    [StoreFact]
    public async Task Deliver_ToAFlakyReceiverBesideADeadOne_TellsOfEachWithOneId()
    {
        await using var dead = await WebhookReceiver.StartAsync();
        dead.Answer = static (_, response) => Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted);
        var seen = new ConcurrentDictionary<string, int>();
        _receiver.Answer = (received, response) => WebhookReceiver.WithStatusAsync(response, seen.AddOrUpdate(received.EventId, 1, (_, count) => count + 1) < 3 ? 500 : 200);
        await CreateWebhookAsync(dead.Url);
        var flaky = await CreateWebhookAsync(_receiver.Url);
        await using var node = await StartAsync();

        await node.SubmitAsync("default", [.. Enumerable.Range(0, 20).Select(_ => node.NewTask())]);

        await WaitForAllAsync(DeliveryState.Delivered, flaky);
        Assert.Equal(20, seen.Count);
        Assert.All(seen.Values, count => Assert.Equal(3, count));
        Assert.All(await ListAsync(flaky), delivery => Assert.Equal((3, 200), (delivery.Attempts, delivery.LastStatus)));
    }

    /// <summary>A process that stops while it sends hands back what it was sending, to be sent at once by another.</summary>
    [StoreFact]
    public async Task Stop_WhileSending_LetsAnotherSendAgain()
    {
        var webhook = await CreateWebhookAsync(_receiver.Url);
        _receiver.Answer = static (_, response) => Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted);
        await using var first = await StartAsync(TimeSpan.FromSeconds(30));
        await first.SubmitAsync("default", first.NewTask());
        await _receiver.WaitForAsync(1);

        await first.StopAsync();
        _receiver.Answer = static (_, response) => WebhookReceiver.WithStatusAsync(response, 200);
        await using var second = await StartAsync();

        await WaitForAllAsync(DeliveryState.Delivered, webhook);
        Assert.Equal(2, _receiver.Received.Count);
        Assert.Single(_receiver.Received.Select(received => received.EventId).Distinct());
    }

    private async Task<Guid> CreateWebhookAsync(Uri url)
    {
        var webhook = new WebhookRecord { Id = Guid.CreateVersion7(), Url = url.ToString(), Types = [EventTypes.TaskCompleted] };
        Assert.IsType<WebhookCreation.Created>(await _store.Store.Webhooks.CreateAsync(webhook, Secret, CancellationToken.None));
        return webhook.Id;
    }

    private Task<Node> StartAsync(TimeSpan? timeout = null) => Node.StartAsync(
        _store.OpenAnother(),
        webhooks: options =>
        {
            options.AllowPrivateAddresses = true;
            options.RetryBaseDelay = TimeSpan.FromMilliseconds(10);
            options.RetryMaxDelay = TimeSpan.FromMilliseconds(50);
            options.Timeout = timeout ?? TimeSpan.FromSeconds(5);
        },
        workers: ("work", _instant));

    private Task<IReadOnlyList<DeliveryRecord>> ListAsync(Guid webhook) => _store.Store.Deliveries.ListAsync(webhook, null, null, 1_000, CancellationToken.None);

    private async Task WaitForAllAsync(DeliveryState state, Guid? webhook = null)
    {
        var id = webhook ?? Assert.Single(await _store.Store.Webhooks.ListAsync(null, null, 10, CancellationToken.None)).Id;
        await Eventually.TrueAsync(
            async () => await ListAsync(id) is { Count: > 0 } all && all.All(delivery => delivery.State == state) && await HasNoLiveTasksAsync(),
            Limit,
            () => $"{string.Join('\n', ListAsync(id).GetAwaiter().GetResult())}");
    }

    private async Task<bool> HasNoLiveTasksAsync() => Assert.Single(await _store.QuerySqlAsync("select count(*) from tasks")) == "0";
}
