using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Hosting.Metrics;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Prometheus;

namespace Orchestrator.Gateway.Tests.Metrics;

/// <summary>The metrics of a host that has nothing else.</summary>
internal sealed class MetricsFixture : IDisposable
{
    private readonly ServiceProvider _services;

    public MetricsFixture()
    {
        _services = new ServiceCollection()
            .AddMetrics()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<OrchestratorMeter>()
            .AddSingleton<ProcessMetrics>()
            .BuildServiceProvider();
        Own = _services.GetRequiredService<OrchestratorMeter>();
        Metrics = _services.GetRequiredService<ProcessMetrics>();
    }

    public CapturedLog Log { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public OrchestratorMeter Own { get; }

    public ProcessMetrics Metrics { get; }

    /// <summary>A meter for the instruments of a test, under one of the names that are exported.</summary>
    public Meter Platform(string name = "Microsoft.AspNetCore.Hosting") => _services.GetRequiredService<IMeterFactory>().Create(name);

    /// <summary>What is collected now, whatever was before.</summary>
    public async Task<string> ReadAsync()
    {
        Time.Advance(ProcessMetrics.CacheTime);
        return Encoding.UTF8.GetString((await Metrics.ReadAsync()).Span);
    }

    public async Task<PrometheusPage> ReadPageAsync() => PrometheusPage.Parse(await ReadAsync());

    public void Dispose() => _services.Dispose();
}
