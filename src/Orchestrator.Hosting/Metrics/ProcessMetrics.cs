using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Orchestrator.Hosting.Export;
using Orchestrator.Runtime.Observing;
using Orchestrator.Telemetry;

namespace Orchestrator.Hosting.Metrics;

/// <summary>Collects the figures of this host from when it is made. However many ask at the same time, they are collected once.</summary>
internal sealed class ProcessMetrics : IDisposable
{
    /// <summary>How long an answer is given again: several scrapers of one process cost as much as one.</summary>
    public static readonly TimeSpan CacheTime = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan CollectLimit = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly ClusterReader? _cluster;
    private readonly PrometheusExporter _exporter;
    private readonly KnownFamilies _known;
    private readonly MeterProvider _provider;
    private readonly Lock _lock = new();
    private Task<ReadOnlyMemory<byte>>? _last;
    private long _lastStarted;

    /// <param name="cluster">Null in a process that shows no figures but its own.</param>
    /// <param name="export">Null where nothing is sent.</param>
    public ProcessMetrics(OrchestratorMeter meter, IMeterFactory meters, TimeProvider time, ILogger<PrometheusExporter> logger, ClusterReader? cluster = null, OtlpExport? export = null)
    {
        _time = time;
        _cluster = cluster;
        _known = new KnownFamilies(meter);
        _exporter = new PrometheusExporter(_known, logger);
        var views = new MetricViews(meter, meters);
        var builder = Sdk.CreateMeterProviderBuilder()
            .AddMeter(MetricViews.Meters)
            .AddView(views.Of)
            .AddReader(new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative });
        _provider = (export?.AddTo(builder) ?? builder).Build();
    }

    public Task<ReadOnlyMemory<byte>> ReadAsync()
    {
        lock (_lock)
        {
            if (_last is { } last && (!last.IsCompleted || (last.IsCompletedSuccessfully && _time.GetElapsedTime(_lastStarted) < CacheTime)))
            {
                return last;
            }

            _lastStarted = _time.GetTimestamp();
            return _last = Task.Run(CollectAsync);
        }
    }

    private async Task<ReadOnlyMemory<byte>> CollectAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.ReadAsync().ConfigureAwait(false);
        }

        return _exporter.Read(CollectLimit);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _known.Dispose();
    }
}
