using Orchestrator.Core.Fuses;

namespace Orchestrator.Core.Tests.Fuses;

public sealed class CircuitTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CircuitLimits Limits = CircuitLimits.Of(FuseSettings.Default);
    private static readonly Guid Lease = new("00000000-0000-7000-8000-000000000001");

    [Fact]
    public void Record_FailuresWithoutASuccessBetween_OpensWithTheLast()
    {
        var circuit = Fail(Circuit.Untouched, 4);
        Assert.Equal(CircuitState.Closed, circuit.State);

        circuit = Fail(circuit, 1);

        Assert.Equal((CircuitState.Open, Start + TimeSpan.FromSeconds(30)), (circuit.State, circuit.RetryAt));
    }

    [Theory]
    [InlineData(ProviderVerdict.Well, 0)]
    [InlineData(ProviderVerdict.Silent, 4)]
    [InlineData(ProviderVerdict.Unasked, 4)]
    public void Record_Closed_OnlyASuccessForgetsFailures(ProviderVerdict verdict, int failures) =>
        Assert.Equal(failures, Record(Fail(Circuit.Untouched, 4), verdict, Start).Failures.Count);

    [Theory]
    [InlineData(ProviderVerdict.Well)]
    [InlineData(ProviderVerdict.Ill)]
    public void Record_NotTheProbe_ChangesNothing(ProviderVerdict verdict)
    {
        var open = Fail(Circuit.Untouched, 5);
        var probed = Probe(open);

        Assert.Same(open, Record(open, verdict, Start));
        Assert.Same(probed, probed.Record(verdict, Guid.Empty, Start, Start, Limits));
    }

    [Fact]
    public void Record_ProbeSucceeds_ClosesAndIgnoresWhatStartedBefore()
    {
        var closed = Record(Probe(Fail(Circuit.Untouched, 5)), ProviderVerdict.Well, Start.AddSeconds(30));

        Assert.Equal(Circuit.ClosedAt(Start.AddSeconds(30)), closed with { Failures = Circuit.ClosedAt(Start).Failures });
        Assert.Same(closed, closed.Record(ProviderVerdict.Ill, Lease, Start.AddSeconds(29), Start.AddSeconds(31), Limits));
    }

    [Fact]
    public void Miss_TwoLooks_LetsAnotherProbeStart()
    {
        var once = Probe(Fail(Circuit.Untouched, 5)).Miss(Start);
        Assert.Equal(CircuitState.HalfOpen, once.State);

        var twice = once.Miss(Start.AddSeconds(1));

        Assert.Equal((CircuitState.Open, Start.AddSeconds(1), TimeSpan.FromSeconds(30)), (twice.State, twice.RetryAt, twice.Pause));
    }

    [Theory]
    [InlineData(30, 30, 60)]
    [InlineData(30, 240, 300)]
    [InlineData(120, 480, 900)]
    [InlineData(3_600, 3_600, 3_600)]
    public void After_ProbeFailed_DoublesUpToTenTimesOrFifteenMinutes(int first, int pause, int next) =>
        Assert.Equal(
            TimeSpan.FromSeconds(next),
            CircuitLimits.Of(new FuseSettings { CircuitOpenSeconds = first }).After(TimeSpan.FromSeconds(pause)));

    private static Circuit Fail(Circuit circuit, int times)
    {
        for (var i = 0; i < times; i++)
        {
            circuit = Record(circuit, ProviderVerdict.Ill, Start);
        }

        return circuit;
    }

    private static Circuit Probe(Circuit open) => open with { State = CircuitState.HalfOpen, RetryAt = null, Probe = Lease };

    private static Circuit Record(Circuit circuit, ProviderVerdict verdict, DateTimeOffset now) => circuit.Record(verdict, Lease, now, now, Limits);
}
