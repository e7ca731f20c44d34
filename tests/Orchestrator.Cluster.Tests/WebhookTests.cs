using Orchestrator.Storage;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Webhooks;

namespace Orchestrator.Cluster.Tests;

/// <summary>Processes that are killed between a request and its answer.</summary>
public sealed class WebhookTests
{
    private const string Secret = "a secret of some length";
    private const int Tasks = 30;

    [PostgresFact]
    public async Task Kill_TheOnlySenderBeforeItsAnswers_SendsAgainWithTheSameIds()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = static (_, response) => Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted);
        await using var first = await ServiceProcess.StartGatewayAsync(SettingsOf(schema, ("Silo:Embedded", "true"), ("Webhooks:Timeout", "5s")));
        var api = new Api(first);
        await api.CreateWebhookAsync(receiver.Url, Secret, "task.completed");
        var ids = await api.SubmitSimulatedAsync("default", Tasks, latencyMs: 0);
        await receiver.WaitForAsync(8);

        await first.KillAsync();
        var unanswered = receiver.Received.Select(received => received.EventId).ToHashSet();
        receiver.Answer = static (_, response) => WebhookReceiver.WithStatusAsync(response, 200);
        await using var second = await ServiceProcess.StartGatewayAsync(SettingsOf(schema, ("Silo:Embedded", "true")));
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        await TestKit.Eventually.TrueAsync(
            async () => Assert.Single(await schema.QueryAsync<long>("select count(*) from webhook_deliveries where status = 'delivered'")) == Tasks,
            TimeSpan.FromMinutes(1),
            () => second.Output);

        var byEvent = receiver.Received.GroupBy(received => received.EventId).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(ids.Order(), receiver.Received.Select(received => received.Body.GetProperty("taskId").GetGuid()).Distinct().Order());
        Assert.Equal(Tasks, byEvent.Count);
        Assert.All(unanswered, id => Assert.Equal(2, byEvent[id]));
        Assert.All(receiver.Received, received => Assert.True(received.IsSignedWith(Secret)));
        Assert.DoesNotContain(Secret, first.Output + second.Output, StringComparison.Ordinal);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }

    private static Dictionary<string, string> SettingsOf(IsolatedSchema schema, params ReadOnlySpan<(string Name, string Value)> more) =>
        Settings.OnPostgres(schema.ConnectionString, [("Webhooks:AllowPrivateAddresses", "true"), .. more]);
}
