using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.TestKit.Otlp;

/// <summary>A collector of OpenTelemetry on a free loopback port that takes <c>http/protobuf</c> and keeps what tests ask for.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _keys = new();

    private OtlpCollector(WebApplication app) => _app = app;

    /// <summary>What exporters are told, beside the waits that tests want short.</summary>
    public (string Name, string Value)[] Settings { get; private set; } = [];

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();

    public ConcurrentQueue<ReceivedLog> Logs { get; } = new();

    /// <summary>The metrics that came, each as service and name.</summary>
    public ConcurrentDictionary<(string Service, string Name), bool> Metrics { get; } = new();

    /// <summary>The keys that came with requests.</summary>
    public IEnumerable<string> Keys => _keys.Keys;

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector._app.MapPost("/v1/traces", (HttpContext http) => collector.TakeAsync(http, collector.TakeTraces));
        collector._app.MapPost("/v1/metrics", (HttpContext http) => collector.TakeAsync(http, collector.TakeMetrics));
        collector._app.MapPost("/v1/logs", (HttpContext http) => collector.TakeAsync(http, collector.TakeLogs));
        await collector._app.StartAsync();
        var address = collector._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        collector.Settings =
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=of-the-collector"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"), ("OTEL_BLRP_SCHEDULE_DELAY", "200"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
        ];
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http, Action<ProtoMessage> take)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _keys[http.Request.Headers["x-key"].ToString()] = true;
        take(ProtoMessage.Parse(body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }

    private static IEnumerable<(string Service, ProtoMessage Item)> ItemsOf(ProtoMessage request) =>
        from part in request.Messages(1)
        let service = part.Messages(1).Single().Attributes(1)["service.name"]
        from scope in part.Messages(2)
        from item in scope.Messages(2)
        select (service, item);

    private void TakeTraces(ProtoMessage request)
    {
        foreach (var (service, span) in ItemsOf(request))
        {
            Spans.Enqueue(new ReceivedSpan(
                service, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Attributes(9), [.. span.Messages(13).Select(static link => link.Hex(2))],
                span.Messages(15).Any(static status => status.Number(3) == 2), TimeSpan.FromTicks((long)(span.Number(8) - span.Number(7)) / TimeSpan.NanosecondsPerTick)));
        }
    }

    private void TakeMetrics(ProtoMessage request)
    {
        foreach (var (service, metric) in ItemsOf(request))
        {
            Metrics[(service, metric.Text(1))] = true;
        }
    }

    private void TakeLogs(ProtoMessage request)
    {
        foreach (var (service, log) in ItemsOf(request))
        {
            Logs.Enqueue(new ReceivedLog(service, log.Hex(9), log.Messages(5).Single().Text(1), log.Attributes(6)));
        }
    }
}
