using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Tests.Execution;

public sealed class ActionCatalogTests : IDisposable
{
    private readonly OrchestratorMeter _meter = new();
    private readonly FakeOptionsMonitor<ActionOptions> _options = new();

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Constructor_OneNameFromTwoProviders_IsAStartupError()
    {
        var error = Assert.Throws<InvalidOperationException>(() => New(new FakeActions(Action("a")), new FakeActions(Action("a"))));

        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, 8)]
    [InlineData(null, 3, 3)]
    [InlineData(2, 3, 2)]
    [InlineData(50, null, 8)]
    public void Find_Concurrency_ComesFromOptionsThenWorkerThenSlots(int? configured, int? offered, int expected)
    {
        _options.Named["a"] = new ActionOptions { Concurrency = configured };

        using var catalog = New(new FakeActions(Action("a") with { Concurrency = offered }));

        Assert.Equal(expected, catalog.Find("a")!.Concurrency);
    }

    [Fact]
    public void Find_Skills_ComeFromOptionsThenWorker()
    {
        _options.Named["a"] = new ActionOptions { Skills = new() { ["law"] = 0.9 } };
        var worker = new Dictionary<string, double> { ["music"] = 0.5 };

        using var catalog = New(new FakeActions(Action("a") with { Skills = worker }, Action("b") with { Skills = worker }, Action("c")));

        Assert.Equal(_options.Named["a"].Skills, catalog.Find("a")!.Skills);
        Assert.Equal(worker, catalog.Find("b")!.Skills);
        Assert.Empty(catalog.Find("c")!.Skills);
        Assert.Equal([null, null, 7], catalog.Describe(new Dictionary<string, int> { ["b"] = 7 }).OrderBy(action => action.Name == "b").Select(action => action.Name == "b" ? action.Free : null));
    }

    [Fact]
    public void Changed_ProviderOffersMore_IsSeen()
    {
        var provider = new FakeActions(Action("a"));
        using var catalog = New(provider);
        var changes = 0;
        catalog.Changed += () => changes++;

        provider.Replace(Action("b") with { UnavailableReason = "not yet" });

        Assert.Equal(1, changes);
        Assert.Null(catalog.Find("a"));
        Assert.False(catalog.Find("b")!.IsServable);
    }

    [Fact]
    public void RetriesOf_ConfiguredAction_OverridesTheDefaults()
    {
        _options.Named["a"] = new ActionOptions { RetryBaseDelay = TimeSpan.FromMilliseconds(5) };

        using var catalog = New();

        Assert.Equal(TimeSpan.FromMilliseconds(5), catalog.RetriesOf("a").BaseDelay);
        Assert.Equal(TimeSpan.FromMinutes(5), catalog.RetriesOf("a").MaxDelay);
    }

    private static ActionDescriptor Action(string name) => new(name, FakeExecutor.Obedient());

    private ActionCatalog New(params IActionProvider[] providers) =>
        new(
            providers, _options, Parts.Options(new RetryOptions()), Parts.Options(new SiloOptions { Slots = 8 }), new AttemptInstruments(_meter), NullLogger<ActionCatalog>.Instance);
}
