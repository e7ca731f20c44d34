using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Hosting.Export;

/// <summary>Sends what this process tells of itself to a collector, as the settings have it.</summary>
/// <param name="service">What it is called unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
internal sealed class OtlpExport(OtlpSettings settings, IConfiguration configuration, string service)
{
    /// <summary>Ours, requests that come in, and requests to providers and webhooks. Statements of the database are too many.</summary>
    private static readonly string[] Sources = [OrchestratorSource.Name, "Microsoft.AspNetCore", "System.Net.Http"];

    /// <summary>Has metrics sent beside whatever else reads them.</summary>
    public MeterProviderBuilder AddTo(MeterProviderBuilder builder) =>
        settings.Metrics ? builder.ConfigureServices(Configure).ConfigureResource(Describe).AddOtlpExporter() : builder;

    public TracerProvider BuildTracer() => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(Configure)
        .ConfigureResource(Describe)
        .AddSource(Sources)
        .AddProcessor(new ProbeFilter())
        .AddOtlpExporter()
        .Build();

    /// <summary>Who it is; what the environment says comes last, and counts.</summary>
    public void Describe(ResourceBuilder resource) => resource
        .AddService(service, serviceVersion: typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0])
        .AddEnvironmentVariableDetector();

    private void Configure(IServiceCollection services) => services.AddSingleton(configuration);
}
