using System.Net;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit.Prometheus;

namespace Orchestrator.Gateway.Tests.Metrics;

public sealed class MetricsEndpointTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private static readonly Uri Path = new("/metrics", UriKind.Relative);

    [Fact]
    public async Task Metrics_Get_IsPrometheusText()
    {
        using var answer = await gateway.Client.GetAsync(Path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Metrics_AfterATask_ShowItAndTheProcess()
    {
        await gateway.WaitAsync(await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = new { } }));

        var page = PrometheusPage.Parse(await gateway.Client.GetStringAsync(Path));

        Assert.Contains(page["orchestrator_task_duration_seconds"].Samples, sample => sample.Name.EndsWith("_count", StringComparison.Ordinal) && sample.Labels["action"] == EchoWorker.Action && sample.Value >= 1);
        Assert.Contains(page["http_server_request_duration_seconds"].Samples, sample => sample.Labels["http_route"].StartsWith("/api/v1/workspaces/{", StringComparison.Ordinal));
        Assert.DoesNotContain(page["http_server_request_duration_seconds"].Samples, sample => sample.Labels["http_route"] == "/metrics");
    }

    [Theory]
    [InlineData("dotnet_thread_pool_threads")]
    [InlineData("dotnet_thread_pool_queue_length")]
    public async Task Metrics_OfTheThreadPool_AreGauges(string name) =>
        Assert.Equal("gauge", PrometheusPage.Parse(await gateway.Client.GetStringAsync(Path))[name].Type);

    [PrometheusFact]
    public async Task Metrics_OfAGatewayWithoutAPool_AreTakenByPromtool()
    {
        await gateway.WaitAsync(await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = new { } }));

        Assert.Equal([], Promtool.CheckMetrics(await gateway.Client.GetStringAsync(Path)));
    }
}
