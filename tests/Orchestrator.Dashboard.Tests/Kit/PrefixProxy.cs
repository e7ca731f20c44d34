using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>A proxy that serves a gateway under a path of its own, which it takes off, as teams that share a host name have it.</summary>
internal sealed class PrefixProxy : IAsyncDisposable
{
    private static readonly string[] OfTheConnection = ["Connection", "Transfer-Encoding", "Upgrade", "Keep-Alive"];

    private readonly WebApplication _app;
    private readonly Uri _gateway;
    private readonly PathString _prefix;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private int _sockets;

    private PrefixProxy(WebApplication app, Uri gateway, PathString prefix)
    {
        _app = app;
        _gateway = gateway;
        _prefix = prefix;
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>How many WebSockets it has passed on.</summary>
    public int Sockets => Volatile.Read(ref _sockets);

    public static async Task<PrefixProxy> StartAsync(Uri gateway, string prefix)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new PrefixProxy(builder.Build(), gateway, prefix);
        proxy._app.UseWebSockets();
        proxy._app.Run(proxy.ServeAsync);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ServeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(_prefix, out var rest))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var target = new Uri(_gateway, rest + http.Request.QueryString.ToString());
        try
        {
            await (http.WebSockets.IsWebSocketRequest ? JoinAsync(http, target) : ForwardAsync(http, target));
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or WebSocketException or IOException)
        {
            // The browser went away.
        }
    }

    private async Task ForwardAsync(HttpContext http, Uri target)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), target);
        if (http.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(http.Request.Body);
        }

        foreach (var (name, values) in http.Request.Headers)
        {
            if (!OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            http.Response.Headers[name] = values.ToArray();
        }

        // Each piece of a stream at once.
        var buffer = new byte[16 * 1024];
        await using var body = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
        while (await body.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
        {
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private async Task JoinAsync(HttpContext http, Uri target)
    {
        using var gateway = new ClientWebSocket();
        gateway.Options.SetRequestHeader("Origin", http.Request.Headers.Origin);
        gateway.Options.SetRequestHeader("Host", http.Request.Host.Value);
        await gateway.ConnectAsync(new UriBuilder(target) { Scheme = "ws" }.Uri, http.RequestAborted);
        using var browser = await http.WebSockets.AcceptWebSocketAsync();
        Interlocked.Increment(ref _sockets);
        await Task.WhenAny(PumpAsync(browser, gateway, http.RequestAborted), PumpAsync(gateway, browser, http.RequestAborted));
    }

    private static async Task PumpAsync(WebSocket from, WebSocket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                await to.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, read.Count), read.MessageType, read.EndOfMessage, cancellationToken);
        }
    }
}
