using Orchestrator.Hosting.Metrics;
using Orchestrator.Telemetry;
using Orchestrator.TestKit.Prometheus;

namespace Orchestrator.Gateway.Tests.Metrics;

public sealed class ProcessMetricsTests : IDisposable
{
    private readonly MetricsFixture _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Read_ByManyAtOnce_CollectsOnce()
    {
        var collected = 0;
        using var isIn = new SemaphoreSlim(0);
        using var mayGo = new SemaphoreSlim(0);
        _metrics.Platform().CreateObservableGauge("test.collections", () =>
        {
            isIn.Release();
            mayGo.Wait();
            return ++collected;
        });

        var first = _metrics.Metrics.ReadAsync();
        await isIn.WaitAsync();
        _metrics.Time.Advance(TimeSpan.FromMinutes(1));
        var others = Enumerable.Range(0, 20).Select(_ => _metrics.Metrics.ReadAsync()).ToList();
        mayGo.Release();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(1, collected);
        Assert.All(others, other => Assert.Same(first, other));
    }

    [Fact]
    public async Task Read_SoonAgain_AnswersTheSameAndLaterAnew()
    {
        var collected = 0;
        _metrics.Platform().CreateObservableGauge("test.collections", () => ++collected);

        var first = await _metrics.Metrics.ReadAsync();
        _metrics.Time.Advance(ProcessMetrics.CacheTime - TimeSpan.FromTicks(1));
        Assert.Equal(first, await _metrics.Metrics.ReadAsync());
        _metrics.Time.Advance(TimeSpan.FromTicks(1));
        await _metrics.Metrics.ReadAsync();

        Assert.Equal(2, collected);
    }

    [Fact]
    public async Task Read_SomeInstrumentThrows_ShowsTheOthers()
    {
        _metrics.Platform().CreateObservableGauge("test.broken", long () => throw new InvalidOperationException("broken"));
        _metrics.Platform().CreateCounter<long>("test.hits").Add(1);

        Assert.True((await _metrics.ReadPageAsync()).Has("test_hits_total"));
    }

    [Fact]
    public async Task Counter_OverReads_KeepsItsSum()
    {
        var counter = _metrics.Platform().CreateCounter<long>("test.hits");
        counter.Add(1);
        await _metrics.ReadAsync();
        counter.Add(2);

        Assert.Equal(3, Assert.Single((await _metrics.ReadPageAsync())["test_hits_total"].Samples).Value);
    }

    [Fact]
    public async Task Spending_OfAnActionThatOnlyStarted_IsShownAsNothing()
    {
        new AttemptInstruments(_metrics.Own).OnAttemptStarted("my.ask", TimeSpan.Zero);

        var page = await _metrics.ReadPageAsync();

        Assert.Equal(["cached", "input", "output", "reasoning"], page[InstrumentNames.Tokens].Samples.Select(sample => sample.Labels["kind"]).Order());
        Assert.All([.. page[InstrumentNames.Tokens].Samples, Assert.Single(page[InstrumentNames.Cost].Samples)], sample => Assert.Equal(("my.ask", 0), (sample.Labels["action"], sample.Value)));
    }

    [Fact]
    public async Task Hosts_InOneProcess_ShowOnlyTheirOwn()
    {
        using var other = new MetricsFixture();
        new FuseInstruments(_metrics.Own).OnTripped("mine");
        new FuseInstruments(other.Own).OnTripped("theirs");
        other.Platform().CreateCounter<long>("test.hits").Add(1);

        var page = await _metrics.ReadPageAsync();

        Assert.Equal("mine", Assert.Single(page[InstrumentNames.FusesTripped].Samples).Labels["fuse"]);
        Assert.False(page.Has("test_hits_total"));
    }

    [Fact]
    public async Task Family_WithoutASample_IsThereWithItsHelp()
    {
        _ = new RunInstruments(_metrics.Own);

        var family = (await _metrics.ReadPageAsync())[InstrumentNames.StepQueueDuration];

        Assert.Equal(("histogram", 0), (family.Type, family.Samples.Count));
        Assert.NotEmpty(family.Help);
    }

    [Fact]
    public async Task Runs_OfManyDefinitions_AreCountedUnderTheLabelsOfTheSource()
    {
        var runs = new RunInstruments(_metrics.Own);
        for (var i = 0; i < LabelCap.MaxValues + 50; i++)
        {
            runs.RunStarted($"acme/flow@{i}");
            runs.RunEnded($"acme/flow@{i}", "completed", TimeSpan.FromSeconds(1));
            runs.StepQueued($"acme/flow@{i}", $"step{i}", TimeSpan.FromSeconds(-1));
            runs.StepEnded($"acme/flow@{i}", $"step{i}", "failed", TimeSpan.FromSeconds(2));
        }

        var page = await _metrics.ReadPageAsync();

        Assert.Equal(["definition", "status"], page[InstrumentNames.Runs].Samples[0].Labels.Keys.Order());
        Assert.Equal(["definition", "status"], Count(page, InstrumentNames.RunDuration)[0].Labels.Keys.Order());
        Assert.Equal(["definition", "status", "step"], Count(page, InstrumentNames.StepDuration)[0].Labels.Keys.Order());
        Assert.Equal(["definition", "step"], Count(page, InstrumentNames.StepQueueDuration)[0].Labels.Keys.Order());
        Assert.Equal(["completed", "started"], page[InstrumentNames.Runs].Samples.Where(sample => sample.Value > 0).Select(sample => sample.Labels["status"]).Distinct().Order());
        Assert.Equal(2 * (LabelCap.MaxValues + 1), page[InstrumentNames.Runs].Samples.Count(sample => sample.Value > 0));
        Assert.Equal(50, Count(page, InstrumentNames.StepDuration).Single(sample => sample.Labels["definition"] == LabelCap.Other && sample.Labels["step"] == LabelCap.Other).Value);
        Assert.All(page[InstrumentNames.StepQueueDuration].Samples.Where(sample => sample.Name.EndsWith("_sum", StringComparison.Ordinal)), sample => Assert.Equal(0, sample.Value));
    }

    [Fact]
    public async Task Run_OfADefinitionThatIsNew_ShowsWhatHasNotHappenedAsZero()
    {
        new RunInstruments(_metrics.Own).StepQueued("acme/flow@1", "first", TimeSpan.Zero);

        var samples = (await _metrics.ReadPageAsync())[InstrumentNames.Runs].Samples;

        Assert.Equal(["aborted", "completed", "failed", "started"], samples.Select(sample => sample.Labels["status"]).Order());
        Assert.All(samples, sample => Assert.Equal(("acme/flow@1", 0), (sample.Labels["definition"], sample.Value)));
    }

    [Fact]
    public async Task Runs_OfTenThousandDefinitions_LeaveThePageBounded()
    {
        var runs = new RunInstruments(_metrics.Own);
        for (var i = 0; i < 10_000; i++)
        {
            runs.RunStarted($"acme/flow-{i}@1");
            for (var step = 0; step < 10; step++)
            {
                runs.StepEnded($"acme/flow-{i}@1", $"step-{step}", "completed", TimeSpan.FromSeconds(1));
            }

            runs.RunEnded($"acme/flow-{i}@1", "completed", TimeSpan.FromSeconds(10));
        }

        var page = await _metrics.ReadPageAsync();

        Assert.InRange(page[InstrumentNames.Runs].Samples.Count, LabelCap.MaxValues, 4 * (LabelCap.MaxValues + 1));
        Assert.Equal(LabelCap.MaxValues + 1, Count(page, InstrumentNames.RunDuration).Count);
        Assert.Equal(10 * (LabelCap.MaxValues + 1), Count(page, InstrumentNames.StepDuration).Count);
        Assert.Equal(100_000, Count(page, InstrumentNames.StepDuration).Sum(sample => sample.Value));
        Assert.Equal(10_000, page[InstrumentNames.Runs].Samples.Where(sample => sample.Labels["status"] == "completed").Sum(sample => sample.Value));
    }

    [Fact]
    public async Task Labels_OfTooManySets_ShareOneSeriesAndLoseNothing()
    {
        var counter = _metrics.Platform().CreateCounter<long>("test.hits");
        for (var i = 0; i < MetricViews.MaxSeries + 50; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("set", i));
        }

        var samples = (await _metrics.ReadPageAsync())["test_hits_total"].Samples;

        Assert.Equal(MetricViews.MaxSeries + 1, samples.Count);
        Assert.Equal(50, samples.Single(sample => sample.Labels.ContainsKey("otel_metric_overflow")).Value);
    }

    private static List<PrometheusSample> Count(PrometheusPage page, string family) =>
        [.. page[family].Samples.Where(sample => sample.Name == $"{family}_count")];
}
