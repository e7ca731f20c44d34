using Orchestrator.Hosting.Metrics;

namespace Orchestrator.Gateway.Tests.Metrics;

public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", nameof(MetricKind.Histogram), "http_server_request_duration_seconds")]
    [InlineData("dotnet.gc.collections", "{collection}", nameof(MetricKind.Counter), "dotnet_gc_collections_total")]
    [InlineData("dotnet.jit.compiled_il.size", "By", nameof(MetricKind.Counter), "dotnet_jit_compiled_il_size_bytes_total")]
    [InlineData("orchestrator_task_duration_seconds", "s", nameof(MetricKind.Histogram), "orchestrator_task_duration_seconds")]
    [InlineData("orchestrator_task_retries_total", null, nameof(MetricKind.Counter), "orchestrator_task_retries_total")]
    [InlineData("orchestrator_pool_workers_total", null, nameof(MetricKind.Gauge), "orchestrator_pool_workers_total")]
    [InlineData("waited_seconds_total", "s", nameof(MetricKind.Counter), "waited_seconds_total")]
    [InlineData("waited_total", "s", nameof(MetricKind.Counter), "waited_seconds_total")]
    [InlineData("load", "1", nameof(MetricKind.Gauge), "load_ratio")]
    [InlineData("load", "1", nameof(MetricKind.Counter), "load_total")]
    [InlineData("load", "%", nameof(MetricKind.Gauge), "load_percent")]
    [InlineData("speed", "m/s", nameof(MetricKind.Gauge), "speed_m_s")]
    [InlineData("9 lives--of_a.cat", "", nameof(MetricKind.Gauge), "_9_lives_of_a_cat")]
    [InlineData("größe", null, nameof(MetricKind.Gauge), "gr_e")]
    public void Family_OfAnInstrument_IsWhatPrometheusTakes(string name, string? unit, string kind, string family) =>
        Assert.Equal(family, PrometheusNames.Family(name, unit, Enum.Parse<MetricKind>(kind)));

    [Theory]
    [InlineData("action", "action")]
    [InlineData("http.route", "http_route")]
    [InlineData("2nd", "_2nd")]
    [InlineData("a:b", "a_b")]
    [InlineData("", "_")]
    public void Label_OfATag_IsWhatPrometheusTakes(string tag, string label) => Assert.Equal(label, PrometheusNames.Label(tag));
}
