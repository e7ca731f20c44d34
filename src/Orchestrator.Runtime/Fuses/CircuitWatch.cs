using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Fuses;

/// <summary>Has the store follow what ended attempts say about the providers that they used; attempts without a provider cost nothing.</summary>
public sealed class CircuitWatch(ICircuitStore circuits, SignalHub hub, FuseInstruments instruments)
{
    public async Task ReportAsync(IReadOnlyList<Settlement> settlements, IReadOnlyList<SettlementResult> results, CancellationToken cancellationToken)
    {
        List<CircuitReport>? reports = null;
        for (var i = 0; i < results.Count; i++)
        {
            if (settlements[i].Provider is { } provider && results[i] is SettlementResult.Accepted or SettlementResult.Parked)
            {
                var settlement = settlements[i];
                (reports ??= []).Add(new CircuitReport(
                    settlement.WorkspaceKey, provider, settlement.Lease.Token, VerdictOf(settlement.Outcome), settlement.Ran));
            }
        }

        if (reports is null)
        {
            return;
        }

        var check = await circuits.ReportAsync(reports, cancellationToken).ConfigureAwait(false);
        foreach (var trip in check.Trips)
        {
            instruments.OnTripped(trip.Fuse.ToName());
        }

        if (check.HasChanged)
        {
            hub.SignalParkedHere();
        }
    }

    /// <summary>A silo or a worker that died says nothing about the provider; nor does a refusal for the rate, which resources follow.</summary>
    internal static ProviderVerdict VerdictOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Completed or AttemptOutcome.Awaiting or AttemptOutcome.AwaitingApproval => ProviderVerdict.Well,
        AttemptOutcome.Failed failed => VerdictOf(failed.Error),
        AttemptOutcome.Retried retried => VerdictOf(retried.Error),
        AttemptOutcome.Refused => ProviderVerdict.Silent,
        _ => ProviderVerdict.Unasked,
    };

    internal static ProviderVerdict VerdictOf(TaskError error) =>
        error.Code is ErrorCodes.ProviderError or ErrorCodes.Timeout ? ProviderVerdict.Ill : ProviderVerdict.Silent;
}
