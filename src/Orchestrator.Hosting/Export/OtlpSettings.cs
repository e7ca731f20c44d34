using Microsoft.Extensions.Configuration;

namespace Orchestrator.Hosting.Export;

/// <summary>What is sent to a collector, by the usual <c>OTEL_*</c> settings: nothing unless one is named.</summary>
internal sealed record OtlpSettings(bool Traces, bool Metrics, bool Logs)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string None = "none";

    public static OtlpSettings Read(IConfiguration configuration)
    {
        var isOff = bool.TryParse(configuration["OTEL_SDK_DISABLED"], out var disabled) && disabled;
        return new OtlpSettings(Sends("TRACES"), Sends("METRICS"), Sends("LOGS"));

        bool Sends(string signal) =>
            !isOff
            && !string.Equals(configuration[$"OTEL_{signal}_EXPORTER"], None, StringComparison.OrdinalIgnoreCase)
            && (configuration[Endpoint] is { Length: > 0 } || configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 });
    }
}
