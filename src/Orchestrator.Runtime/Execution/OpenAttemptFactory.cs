using Microsoft.Extensions.Options;
using Orchestrator.Core.Leases;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Execution;

/// <summary>Opens attempts: works out when each must have stopped.</summary>
public sealed class OpenAttemptFactory(IOptions<LeaseOptions> leaseOptions, TimeProvider timeProvider)
{
    private readonly LeasePolicy _leases = leaseOptions.Value.ToPolicy();

    /// <param name="requestSentTimestamp">Taken before the turn was asked for, so that it lies before the lease's beginning.</param>
    /// <param name="turn">The span of the turn that leased it; null where nobody looks.</param>
    public OpenAttempt Open(ClaimedTask task, ActionEntry action, long requestSentTimestamp, string? turn = null)
    {
        var stop = _leases.StopTimestamp(requestSentTimestamp, timeProvider.TimestampFrequency);
        return new OpenAttempt(task, action, requestSentTimestamp, timeProvider.GetTimestamp(), stop, timeProvider) { Turn = turn };
    }
}
