using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Webhooks;
using Orchestrator.Storage.Webhooks;
using Orchestrator.TestKit.Webhooks;

namespace Orchestrator.Runtime.Tests.Webhooks;

public sealed class WebhookSenderTests : IAsyncLifetime
{
    private const string Secret = "a secret of some length";

    private readonly Guid _task = Guid.CreateVersion7();
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task Send_Event_ArrivesSignedAndWhole()
    {
        var answer = await SendAsync(Delivery());

        Assert.Equal(new WebhookAnswer(204, null, null), answer);
        var received = Assert.Single(_receiver.Received);
        Assert.Equal(($"{_task}.4", "application/json"), (received.EventId, received.ContentType));
        Assert.True(received.IsSignedWith(Secret));
        Assert.False(received.IsSignedWith(Secret + "x"));
        Assert.Equal(
            $"{{\"id\":\"{_task}.4\",\"type\":\"task.failed\",\"at\":\"2026-01-31T12:00:00.123456Z\",\"workspace\":\"default\",\"taskId\":\"{_task}\",\"seq\":4,\"attempt\":2,\"data\":{{\"code\":\"timeout\"}}}}",
            received.Text);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(299, null)]
    [InlineData(404, "The receiver answered 404.")]
    [InlineData(503, "The receiver answered 503.")]
    public async Task Send_Status_DecidesWhetherItArrived(int status, string? error)
    {
        _receiver.Answer = (_, response) => WebhookReceiver.WithStatusAsync(response, status);

        Assert.Equal(new WebhookAnswer(status, error, null), await SendAsync(Delivery()));
    }

    [Fact]
    public async Task Send_RetryAfter_IsRead()
    {
        _receiver.Answer = (_, response) =>
        {
            response.Headers.RetryAfter = "17";
            return WebhookReceiver.WithStatusAsync(response, 429);
        };

        Assert.Equal(TimeSpan.FromSeconds(17), (await SendAsync(Delivery())).RetryAfter);
    }

    [Fact]
    public async Task Send_Redirect_IsNotFollowed()
    {
        _receiver.Answer = (_, response) =>
        {
            response.Headers.Location = "/elsewhere";
            return WebhookReceiver.WithStatusAsync(response, 307);
        };

        Assert.Equal(307, (await SendAsync(Delivery())).Status);
        Assert.Single(_receiver.Received);
    }

    [Fact]
    public async Task Send_NoAnswer_EndsInTime()
    {
        _receiver.Answer = (_, response) => Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted);

        var answer = await SendAsync(Delivery(), options => options.Timeout = TimeSpan.FromMilliseconds(200));

        Assert.Equal(new WebhookAnswer(null, "No answer came within 0.2 s.", null), answer);
    }

    [Fact]
    public async Task Send_EndlessAnswer_IsReadOnlyInPart()
    {
        _receiver.Answer = async (_, response) =>
        {
            response.StatusCode = 200;
            var block = new byte[64 * 1024];
            while (!response.HttpContext.RequestAborted.IsCancellationRequested)
            {
                await response.Body.WriteAsync(block, response.HttpContext.RequestAborted);
            }
        };

        Assert.Equal(new WebhookAnswer(200, null, null), await SendAsync(Delivery()));
    }

    [Fact]
    public async Task Send_ToNobody_SaysSo()
    {
        await _receiver.DownAsync();

        Assert.Equal(new WebhookAnswer(null, "The connection failed.", null), await SendAsync(Delivery()));
    }

    [Fact]
    public async Task Send_ToAnUnknownName_SaysSo() =>
        Assert.Equal("The host's name is not known.", (await SendAsync(Delivery("http://hooks.example/"), resolver: new FakeResolver())).Error);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://example.org/")]
    [InlineData("http://")]
    public async Task Send_ToWhatIsNoUrl_FailsLikeAnythingElse(string url) =>
        Assert.StartsWith("The request could not be made", (await SendAsync(Delivery(url))).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:{port}/")]
    [InlineData("http://2130706433:{port}/")]
    [InlineData("http://0x7f.1:{port}/")]
    [InlineData("http://[::1]:{port}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{port}/")]
    [InlineData("http://hooks.example:{port}/")]
    public async Task Send_ToAnAddressOfOurOwn_IsRefusedAtTheConnection(string url)
    {
        var delivery = Delivery(url.Replace("{port}", $"{_receiver.Url.Port}", StringComparison.Ordinal));

        var answer = await SendAsync(delivery, options => options.AllowPrivateAddresses = false, new FakeResolver(["127.0.0.1", "::1"]));

        Assert.Equal("The host has no address that webhooks may be sent to.", answer.Error);
        Assert.Empty(_receiver.Received);
    }

    /// <summary>At its creation the name led to the internet; then it leads home.</summary>
    [Fact]
    public async Task Send_ToANameThatChangedItsMind_IsRefused()
    {
        var resolver = new FakeResolver(["93.184.215.14"], ["127.0.0.1"]);
        await using var services = Services(static options => options.AllowPrivateAddresses = false, resolver);
        var url = $"http://hooks.example:{_receiver.Url.Port}/";

        Assert.Null(await services.GetRequiredService<WebhookTargets>().FindObjectionAsync(new Uri(url), CancellationToken.None));
        var answer = await services.GetRequiredService<WebhookSender>().SendAsync(Delivery(url), CancellationToken.None);

        Assert.Equal("The host has no address that webhooks may be sent to.", answer.Error);
        Assert.Empty(_receiver.Received);
    }

    private static async Task<WebhookAnswer> SendAsync(ClaimedDelivery delivery, Action<WebhookOptions>? configure = null, IHostResolver? resolver = null)
    {
        await using var services = Services(configure, resolver ?? new DnsResolver());
        return await services.GetRequiredService<WebhookSender>().SendAsync(delivery, CancellationToken.None);
    }

    private static ServiceProvider Services(Action<WebhookOptions>? configure, IHostResolver resolver)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(resolver)
            .AddSingleton<WebhookTargets>()
            .AddSingleton<WebhookSender>()
            .AddWebhookClient();
        services.Configure<WebhookOptions>(options =>
        {
            options.AllowPrivateAddresses = true;
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    private ClaimedDelivery Delivery(string? url = null) => new()
    {
        Webhook = Guid.CreateVersion7(),
        Url = url ?? _receiver.Url.ToString(),
        Secret = Secret,
        EventId = $"{_task}.4",
        Type = "task.failed",
        Workspace = "default",
        TaskId = _task,
        Seq = 4,
        Attempt = 2,
        At = new DateTimeOffset(2026, 1, 31, 12, 0, 0, 123, 456, TimeSpan.Zero),
        Data = "{\"code\":\"timeout\"}",
        Tries = 1,
    };
}
