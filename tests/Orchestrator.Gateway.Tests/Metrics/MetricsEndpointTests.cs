using System.Net;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;
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

        // A page is given again for a moment, and a request is counted once its answer is out.
        PrometheusPage? page = null;
        await Eventually.TrueAsync(
            async () => (page = await ReadAsync())["orchestrator_task_duration_seconds"].Samples.Any(sample => sample.Labels["action"] == EchoWorker.Action)
                && page["http_server_request_duration_seconds"].Samples.Any(sample => sample.Labels["http_route"].StartsWith("/api/v1/workspaces/{", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(30),
            () => string.Join('\n', page!.Families.SelectMany(family => family.Samples)));

        Assert.DoesNotContain(page!["http_server_request_duration_seconds"].Samples, sample => sample.Labels["http_route"] == "/metrics");
    }

    [Theory]
    [InlineData("dotnet_thread_pool_threads")]
    [InlineData("dotnet_thread_pool_queue_length")]
    public async Task Metrics_OfTheThreadPool_AreGauges(string name) =>
        Assert.Equal("gauge", (await ReadAsync())[name].Type);

    [Fact]
    public async Task Metrics_OfTheCluster_AreThoseOfTheStore()
    {
        await gateway.SubmitAsync("default", new { action = "nobody.serves", input = new { } });

        await Eventually.TrueAsync(
            async () => (await ReadAsync())["orchestrator_tasks_unservable"].Samples is [{ Value: 1 } sample] && sample.Labels["action"] == "nobody.serves",
            TimeSpan.FromSeconds(30),
            static () => "Nobody tells that the task is not served.");

        var page = await ReadAsync();
        Assert.Equal(0, Assert.Single(page["orchestrator_slots_demanded"].Samples).Value);
        Assert.Equal(1, page["orchestrator_tasks"].Samples.Single(sample => sample.Labels["state"] == "queued").Value);
        Assert.Equal(1, page["orchestrator_silos"].Samples.Single(sample => sample.Labels["state"] == "active").Value);
    }

    [Fact]
    public async Task Metrics_OfActionsWithoutATask_BeginAt0()
    {
        await gateway.PostAsync("/api/v1/leases", new { actions = new[] { "test.remote" }, waitMs = 0 });

        await Eventually.TrueAsync(
            async () => (await ReadAsync())["orchestrator_cost_total"].Samples is var costs
                && costs.Any(sample => sample is { Value: 0 } && sample.Labels["action"] == SteeredWorker.Action)
                && costs.Any(sample => sample is { Value: 0 } && sample.Labels["action"] == "test.remote"),
            TimeSpan.FromSeconds(30),
            static () => "The cost of an action that is served has no series.");
    }

    [PrometheusFact]
    public async Task Metrics_OfAGateway_AreTakenByPromtool()
    {
        await gateway.WaitAsync(await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = new { } }));

        Assert.Equal(Promtool.OfTheSource, Promtool.CheckMetrics(await gateway.Client.GetStringAsync(Path)));
    }

    private async Task<PrometheusPage> ReadAsync() => PrometheusPage.Parse(await gateway.Client.GetStringAsync(Path));
}
