using System.Diagnostics.Metrics;
using System.Globalization;
using Orchestrator.TestKit.Prometheus;

namespace Orchestrator.Gateway.Tests.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly MetricsFixture _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Counter_WithLabels_IsOneFamilyWithHelpAndTypeFirst()
    {
        var counter = _metrics.Platform().CreateCounter<long>("test.hits", null, "Hits of a test.");
        counter.Add(1, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(2, new KeyValuePair<string, object?>("kind", "b"));

        Assert.Contains(
            "# HELP test_hits_total Hits of a test.\n# TYPE test_hits_total counter\ntest_hits_total{kind=\"a\"} 1\ntest_hits_total{kind=\"b\"} 2\n",
            await _metrics.ReadAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instruments_OfOneNameInTwoMeters_AreOneFamily()
    {
        _metrics.Platform("Npgsql").CreateCounter<long>("test.hits", null, "Hits of a test.").Add(1, new KeyValuePair<string, object?>("meter", "one"));
        _metrics.Platform("Npgsql").CreateCounter<long>("test.other", null, "Between them.").Add(1);
        _metrics.Platform("System.Runtime").CreateCounter<long>("test.hits", null, "Hits of a test.").Add(1, new KeyValuePair<string, object?>("meter", "two"));

        var page = await _metrics.ReadPageAsync();

        Assert.Equal(["one", "two"], page["test_hits_total"].Samples.Select(sample => sample.Labels["meter"]).Order());
    }

    [Fact]
    public async Task Instruments_OfOneNameAndTwoKinds_KeepTheFirstAndTellOnce()
    {
        _metrics.Platform("Npgsql").CreateCounter<long>("test_total", null, "Counts.").Add(1);
        _metrics.Platform("System.Runtime").CreateUpDownCounter<long>("test_total", null, "Goes up and down.").Add(7);

        await _metrics.ReadAsync();
        var family = (await _metrics.ReadPageAsync())["test_total"];

        Assert.Equal(("counter", 1), (family.Type, Assert.Single(family.Samples).Value));
        Assert.Equal(1, _metrics.Log.Text.Split("named test_total").Length - 1);
    }

    [Fact]
    public async Task Label_WithAnyText_IsEscaped()
    {
        const string text = "a \\ b \" c \n d ü {x=\"y\"} ,";
        _metrics.Platform().CreateCounter<long>("test.hits", null, "Back\\slash, \"quotes\"\nand a line.").Add(1, new KeyValuePair<string, object?>("text", text));

        var raw = await _metrics.ReadAsync();

        Assert.Contains("# HELP test_hits_total Back\\\\slash, \"quotes\"\\nand a line.\n", raw, StringComparison.Ordinal);
        Assert.Equal(text, Assert.Single(PrometheusPage.Parse(raw)["test_hits_total"].Samples).Labels["text"]);
    }

    [Fact]
    public async Task Labels_ThatBecomeOneName_AreOneLabelWithBothValues()
    {
        _metrics.Platform().CreateHistogram<long>("test.sizes").Record(1, new("a.b", "first"), new("a_b", "second"), new("le", "mine"));

        var raw = await _metrics.ReadAsync();

        Assert.Contains("test_sizes_count{a_b=\"first;second\",exported_le=\"mine\"} 1\n", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_OfOtherTypes_AreWrittenAsEverywhere()
    {
        _metrics.Platform().CreateCounter<long>("test.hits").Add(1, new("flag", true), new("none", null), new("size", 1.5));

        Assert.Contains("test_hits_total{flag=\"true\",none=\"\",size=\"1.5\"} 1\n", await _metrics.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpDownCounter_OfEitherSort_IsAGauge()
    {
        _metrics.Platform().CreateUpDownCounter<long>("test.open").Add(-2);
        _metrics.Platform().CreateObservableUpDownCounter("test.seen", () => 3.5);

        var page = await _metrics.ReadPageAsync();

        Assert.Equal(("gauge", -2), (page["test_open"].Type, Assert.Single(page["test_open"].Samples).Value));
        Assert.Equal(("gauge", 3.5), (page["test_seen"].Type, Assert.Single(page["test_seen"].Samples).Value));
    }

    [Fact]
    public async Task Histogram_Buckets_AreCumulativeAndEndWithAll()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1, 10] };
        var histogram = _metrics.Platform().CreateHistogram("test.duration", "s", "Time.", null, advice);
        foreach (var value in (double[])[0.05, 0.1, 0.5, 99])
        {
            histogram.Record(value);
        }

        Assert.Contains(
            """
            # TYPE test_duration_seconds histogram
            test_duration_seconds_bucket{le="0.1"} 2
            test_duration_seconds_bucket{le="1"} 3
            test_duration_seconds_bucket{le="10"} 3
            test_duration_seconds_bucket{le="+Inf"} 4
            test_duration_seconds_sum 99.65
            test_duration_seconds_count 4

            """,
            await _metrics.ReadAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histogram_OfSecondsWithoutBounds_GetsSecondScaledOnes()
    {
        _metrics.Platform().CreateHistogram<double>("test.duration", "s").Record(0.003);

        var buckets = (await _metrics.ReadPageAsync())["test_duration_seconds"].Samples.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal)).ToList();

        Assert.Equal("0.005", buckets.First(bucket => bucket.Value == 1).Labels["le"]);
        Assert.Contains("3600", buckets.Select(bucket => bucket.Labels["le"]));
    }

    [Fact]
    public async Task Numbers_InACultureWithCommas_HavePoints()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "minus";

        // It flows with the test, into the collection too, and ends with it.
        CultureInfo.CurrentCulture = culture;
        _metrics.Platform().CreateUpDownCounter<double>("test.level").Add(-1234.5, new KeyValuePair<string, object?>("size", -0.5));
        var text = await _metrics.ReadAsync();

        Assert.Equal("minus1,5", $"{-1.5}");
        Assert.Contains("test_level{size=\"-0.5\"} -1234.5\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(1e300, "1E+300")]
    [InlineData(-1.7976931348623157E+308, "-1.7976931348623157E+308")]
    public async Task Gauge_OfAnyNumber_IsWrittenAsPrometheusReadsIt(double value, string text)
    {
        _metrics.Platform().CreateObservableGauge("test.level", () => value);

        Assert.Contains($"\ntest_level {text}\n", await _metrics.ReadAsync(), StringComparison.Ordinal);
    }

    [PrometheusFact]
    public async Task Page_WithAllOfThat_IsTakenByPromtool()
    {
        var labels = new KeyValuePair<string, object?>("text", "\\ \" \n ü");
        _metrics.Platform().CreateCounter<double>("test.hits", "By", "Counts \\ and \n more.").Add(1.5, labels);
        _metrics.Platform().CreateHistogram<double>("test.wait", "s", "Waits.").Record(1, labels);
        _metrics.Platform().CreateObservableGauge("test.level", () => double.NaN, null, "Level.");

        Assert.Equal([], Promtool.CheckMetrics(await _metrics.ReadAsync()));
    }
}
