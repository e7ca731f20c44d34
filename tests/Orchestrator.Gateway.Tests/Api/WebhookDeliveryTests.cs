using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Runtime.Options;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Webhooks;

namespace Orchestrator.Gateway.Tests.Api;

/// <summary>From a task's end to a receiver's door, through the whole gateway.</summary>
public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private const string Secret = "canary-4711-of-some-length";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CapturedLog _log = new();
    private TestGateway _gateway = null!;
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _gateway = await TestGateway.StartAsync(builder =>
        {
            builder.Logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace);
            builder.Services.PostConfigure<WebhookOptions>(options =>
            {
                options.AllowPrivateAddresses = true;
                options.RetryBaseDelay = TimeSpan.FromMilliseconds(20);
                options.RetryMaxDelay = TimeSpan.FromMilliseconds(200);
            });
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Events_OfAWorkspace_ArriveSignedWithWhatTheApiSays()
    {
        var (workspace, webhook) = await CreateAsync("*");
        var completed = await _gateway.SubmitAsync(workspace, new { action = EchoWorker.Action, input = "hello" });
        await _gateway.WaitAsync(completed);
        var cancelled = await _gateway.SubmitAsync(workspace, new { action = "nobody.serves" });
        await _gateway.PostAsync($"/api/v1/tasks/{cancelled}/cancel");
        await _gateway.PostAsync($"/api/v1/workspaces/{workspace}/pause");
        await _gateway.PostAsync($"/api/v1/workspaces/{workspace}/resume");

        await _receiver.WaitForAsync(4);

        Assert.All(_receiver.Received, received => Assert.True(received.IsSignedWith(Secret)));
        Assert.Equal(["task.cancelled", "task.completed", "workspace.paused", "workspace.resumed"], _receiver.Received.Select(received => received.Type).Order());
        foreach (var (task, type) in new[] { (completed, "task.completed"), (cancelled, "task.cancelled") })
        {
            var received = Assert.Single(_receiver.Received, received => received.Type == type).Body;
            var shown = (await _gateway.GetAsync($"/api/v1/tasks/{task}/events")).Body.GetProperty("items").EnumerateArray().Last();
            Assert.Equal((task, workspace), (received.GetProperty("taskId").GetGuid(), received.GetProperty("workspace").GetString()));
            Assert.All(shown.EnumerateObject(), member => Assert.Equal(member.Value.GetRawText(), received.GetProperty(member.Name).GetRawText()));
        }

        await WaitForStatusAsync(webhook, "delivered", 4);
        Assert.DoesNotContain(Secret, _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("key=k", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_ThatFailsForAWhile_IsToldAgainWithTheSameId()
    {
        var (workspace, webhook) = await CreateAsync("task.completed");
        _receiver.Answer = (_, response) => WebhookReceiver.WithStatusAsync(response, _receiver.Received.Count < 4 ? 500 : 200);

        await _gateway.SubmitAsync(workspace, new { action = EchoWorker.Action });

        var delivery = Assert.Single(await WaitForStatusAsync(webhook, "delivered", 1));
        Assert.Equal((4, 200), (delivery.GetProperty("attempts").GetInt32(), delivery.GetProperty("lastStatus").GetInt32()));
        Assert.Equal(delivery.GetProperty("eventId").GetString(), Assert.Single(_receiver.Received.Select(received => received.EventId).Distinct()));
        Assert.All(_receiver.Received, received => Assert.True(received.IsSignedWith(Secret)));
    }

    [Fact]
    public async Task Receiver_ThatIsDownForAWhile_GetsEverythingOnceItIsBack()
    {
        var (workspace, webhook) = await CreateAsync("task.completed");
        await _receiver.DownAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await _gateway.SubmitAsync(workspace, new { action = EchoWorker.Action }));
        }

        await Eventually.TrueAsync(
            async () => (await ListAsync(webhook, "pending")).Count(delivery => delivery.GetProperty("attempts").GetInt32() > 1) == ids.Count, Limit, () => _log.Text);
        await _receiver.UpAsync();

        await WaitForStatusAsync(webhook, "delivered", ids.Count);
        Assert.Equal(ids.Order(), _receiver.Received.Select(received => received.Body.GetProperty("taskId").GetGuid()).Distinct().Order());
    }

    [Fact]
    public async Task Receiver_ThatIsGone_DisablesTheWebhook()
    {
        var (workspace, webhook) = await CreateAsync("task.completed");
        _receiver.Answer = (_, response) => WebhookReceiver.WithStatusAsync(response, 410);

        await _gateway.SubmitAsync(workspace, new { action = EchoWorker.Action });

        var failed = Assert.Single(await WaitForStatusAsync(webhook, "failed", 1));
        var shown = await _gateway.GetAsync($"/api/v1/webhooks/{webhook}");
        Assert.False(shown.Body.GetProperty("enabled").GetBoolean());
        Assert.Contains("410", shown.Text("disabledReason"), StringComparison.Ordinal);

        _receiver.Answer = static (_, response) => WebhookReceiver.WithStatusAsync(response, 200);
        await _gateway.PatchAsync($"/api/v1/webhooks/{webhook}", new { enabled = true });
        var again = await _gateway.PostAsync($"/api/v1/webhooks/{webhook}/deliveries/{failed.GetProperty("eventId").GetString()}/retry");
        Assert.Equal("pending", again.Text("status"));
        await WaitForStatusAsync(webhook, "delivered", 1);
    }

    [Fact]
    public async Task Deliveries_Sent_AreCounted()
    {
        using var meters = new MeterListener();
        var outcomes = new List<string>();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (_gateway.Services.GetRequiredService<Telemetry.OrchestratorMeter>().Is(instrument.Meter) && instrument.Name == "orchestrator_webhook_deliveries_total")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (outcomes)
            {
                outcomes.Add((string)tags[0].Value!);
            }
        });
        meters.Start();
        var (workspace, _) = await CreateAsync("task.completed");
        _receiver.Answer = (_, response) => WebhookReceiver.WithStatusAsync(response, _receiver.Received.Count < 2 ? 500 : 200);

        await _gateway.SubmitAsync(workspace, new { action = EchoWorker.Action });

        await Eventually.TrueAsync(
            () =>
            {
                lock (outcomes)
                {
                    return Task.FromResult(outcomes is ["retried", "delivered"]);
                }
            },
            Limit,
            () => string.Join(", ", outcomes));
    }

    /// <summary>The snippet of the documentation, run as it stands there.</summary>
    [PythonFact]
    public async Task Documentation_Snippet_AcceptsWhatIsSentAndNothingElse()
    {
        var (workspace, _) = await CreateAsync("task.completed");
        await _gateway.SubmitAsync(workspace, new { action = EchoWorker.Action });
        await _receiver.WaitForAsync(1);
        var received = _receiver.Received[0];
        var document = await File.ReadAllTextAsync(RepositoryFolder.Combine("docs", "webhooks.md"));
        var snippet = document.Split("```python\n")[1].Split("```")[0];

        foreach (var (secret, body, valid) in new[] { (Secret, received.Text, true), (Secret, received.Text + " ", false), ("another secret entirely", received.Text, false) })
        {
            var script = $"{snippet}\nimport json, sys\nsecret, header, body = json.load(sys.stdin)\nprint(verify(secret, header, body.encode()))\n";
            var result = await RunPythonAsync(script, JsonSerializer.Serialize(new[] { secret, received.Signature, body }));
            Assert.Equal(valid ? "True" : "False", result);
        }
    }

    private static async Task<string> RunPythonAsync(string script, string input)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("python3")
        {
            ArgumentList = { "-c", script },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }

    private async Task<(string Workspace, Guid Webhook)> CreateAsync(params string[] types)
    {
        var workspace = await _gateway.NewWorkspaceAsync();
        var created = await _gateway.PostAsync("/api/v1/webhooks", new { workspace, url = _receiver.Url, types, secret = Secret }, 201);
        return (workspace, created.Body.GetProperty("id").GetGuid());
    }

    private async Task<List<JsonElement>> ListAsync(Guid webhook, string status) =>
        [.. (await _gateway.GetAsync($"/api/v1/webhooks/{webhook}/deliveries?status={status}")).Body.GetProperty("items").EnumerateArray()];

    private async Task<List<JsonElement>> WaitForStatusAsync(Guid webhook, string status, int count)
    {
        var found = new List<JsonElement>();
        await Eventually.TrueAsync(async () => (found = await ListAsync(webhook, status)).Count == count, Limit, () => _log.Text);
        return found;
    }
}
