using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;

namespace Orchestrator.Hosting.Export;

/// <summary>Listens to spans for as long as the host runs, and sends what is left of them at its end.</summary>
internal sealed class TraceExporter(OtlpExport export) : IHostedService, IDisposable
{
    private TracerProvider? _tracer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _tracer = export.BuildTracer();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _tracer?.Dispose();
        _tracer = null;
    }
}
