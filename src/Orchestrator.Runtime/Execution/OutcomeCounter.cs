using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Execution;

/// <summary>Counts what became of attempts.</summary>
internal sealed class OutcomeCounter(AttemptInstruments instruments, ResourceInstruments resources)
{
    /// <param name="action">Of the attempt.</param>
    /// <param name="outcome">What was settled.</param>
    /// <param name="result">How the store took it; not <see cref="SettlementResult.LeaseLost"/>.</param>
    public void OnWritten(string action, AttemptOutcome outcome, SettlementResult result)
    {
        if (outcome.Usage is { } usage)
        {
            instruments.OnUsed(action, usage.InputTokens, usage.OutputTokens, usage.CachedTokens, usage.ReasoningTokens, (double)usage.Cost);
        }

        if (outcome is AttemptOutcome.Refused refused)
        {
            resources.OnRefused(action);
            if (result == SettlementResult.Parked)
            {
                return;
            }

            outcome = refused.Otherwise;
        }

        switch (outcome)
        {
            case AttemptOutcome.Completed:
                instruments.OnTaskCompleted(action);
                break;
            case AttemptOutcome.Failed failed:
                instruments.OnTaskFailed(failed.Error.Code);
                break;
            case AttemptOutcome.Retried:
                instruments.OnTaskRetried(action);
                break;
            case AttemptOutcome.HandedBack:
                instruments.OnHandedBack(action);
                break;
            case AttemptOutcome.Awaiting:
                instruments.OnWaitingForChildren(action);
                break;
            case AttemptOutcome.AwaitingApproval:
                instruments.OnWaitingForApproval(action);
                break;
        }
    }
}
