using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.TestKit.Webhooks;

/// <summary>A receiver of webhooks on a loopback port of its own, which answers as a test wants and can be down for a while.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedEvent> _received = [];
    private WebApplication? _app;

    /// <summary>Where events are to be posted to.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>How it answers; 204 unless a test says otherwise.</summary>
    public Func<ReceivedEvent, HttpResponse, Task> Answer { get; set; } = static (_, response) => WithStatusAsync(response, 204);

    /// <summary>Everything that came, answered or not, in its order.</summary>
    public IReadOnlyList<ReceivedEvent> Received => [.. _received];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver.UpAsync();
        return receiver;
    }

    public static Task WithStatusAsync(HttpResponse response, int status)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Listens, at the same port as before.</summary>
    public async Task UpAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Url.Port}");
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(static options => options.ShutdownTimeout = TimeSpan.Zero);
        _app = builder.Build();
        _app.Run(ReceiveAsync);
        await _app.StartAsync();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook?key=k");
    }

    /// <summary>Refuses connections.</summary>
    public async Task DownAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    public Task WaitForAsync(int events) => Eventually.TrueAsync(
        () => Task.FromResult(_received.Count >= events),
        TimeSpan.FromSeconds(30),
        () => $"{_received.Count} of {events} events came: {string.Join(", ", _received.Select(received => received.Text))}");

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await DownAsync();
        }
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var received = new ReceivedEvent(
            http.Request.Headers["Orchestrator-Event-Id"].ToString(),
            http.Request.Headers["Orchestrator-Signature"].ToString(),
            http.Request.ContentType ?? "",
            await reader.ReadToEndAsync(),
            TimeProvider.System.GetUtcNow());
        _received.Enqueue(received);
        await Answer(received, http.Response);
    }
}
