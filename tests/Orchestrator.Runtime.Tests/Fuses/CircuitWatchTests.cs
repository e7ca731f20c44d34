using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Tests.Fuses;

public sealed class CircuitWatchTests
{
    public static TheoryData<string, ProviderVerdict> Errors => new()
    {
        { ErrorCodes.ProviderError, ProviderVerdict.Ill },
        { ErrorCodes.Timeout, ProviderVerdict.Ill },
        { ErrorCodes.RateLimited, ProviderVerdict.Silent },
        { ErrorCodes.WorkerCrashed, ProviderVerdict.Silent },
        { ErrorCodes.HeartbeatMissed, ProviderVerdict.Silent },
        { ErrorCodes.WorkerError, ProviderVerdict.Silent },
        { ErrorCodes.InvalidOutput, ProviderVerdict.Silent },
        { ErrorCodes.DeadlineExceeded, ProviderVerdict.Silent },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void VerdictOf_Error_IsIllOnlyWhereTheProviderIs(string code, ProviderVerdict verdict)
    {
        var error = TaskError.Of(code, "broken");

        Assert.Equal(verdict, CircuitWatch.VerdictOf(new AttemptOutcome.Failed(error)));
        Assert.Equal(verdict, CircuitWatch.VerdictOf(new AttemptOutcome.Retried(error, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Report_SomeWithoutAProviderOrTooLate_TellsOfTheOthersAlone()
    {
        using var meter = new OrchestratorMeter();
        var hub = new SignalHub(new FakeTransport(false), TimeProvider.System);
        var store = new FakeCircuitStore { Answer = new CircuitCheck([], true) };
        var looks = 0;
        hub.Parked += () => looks++;
        var watch = new CircuitWatch(store, hub, new FuseInstruments(meter));
        var plain = new Settlement(new LeaseId(Guid.CreateVersion7(), Guid.NewGuid()), 7, "work", new AttemptOutcome.Completed("1"u8.ToArray()));
        var asking = plain with { Provider = "openai", Ran = TimeSpan.FromSeconds(3) };

        await watch.ReportAsync([plain], [SettlementResult.Accepted], CancellationToken.None);
        await watch.ReportAsync([asking], [SettlementResult.LeaseLost], CancellationToken.None);
        Assert.Empty(store.Reports);
        await watch.ReportAsync([plain, asking], [SettlementResult.Accepted, SettlementResult.Accepted], CancellationToken.None);

        Assert.Equal(new CircuitReport(7, "openai", asking.Lease.Token, ProviderVerdict.Well, TimeSpan.FromSeconds(3)), Assert.Single(store.Reports));
        Assert.Equal(1, looks);
    }
}
