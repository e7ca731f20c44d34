using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using Orchestrator.Runtime.Observing;

namespace Orchestrator.Hosting.Export;

public static class TelemetryExportExtensions
{
    /// <summary>
    /// Sends traces, metrics and logs to a collector where the usual <c>OTEL_*</c> settings name one; <c>docs/tracing.md</c> lists them.
    /// Without them nothing is added. To be called before <see cref="OrchestratorServiceCollectionExtensions.AddOrchestrator"/>, so that what
    /// happens while the host stops is sent too.
    /// </summary>
    /// <param name="service">The name of the service, unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
    public static void AddTelemetryExport(this IHostApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = OtlpSettings.Read(builder.Configuration);
        var export = new OtlpExport(settings, builder.Configuration, service);
        if (settings.Traces)
        {
            builder.Services.AddSingleton<IHostedService>(_ => new TraceExporter(export));
        }

        if (settings.Metrics)
        {
            builder.Services.AddSingleton(export);
            builder.Services.AddHostedService<ClusterRefresher>();
        }

        if (settings.Logs)
        {
            var resource = ResourceBuilder.CreateDefault();
            export.Describe(resource);
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.IncludeScopes = true;
                logs.IncludeFormattedMessage = true;
                logs.SetResourceBuilder(resource).AddOtlpExporter();
            });
        }
    }
}
