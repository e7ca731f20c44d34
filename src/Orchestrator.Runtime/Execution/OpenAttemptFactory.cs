using Microsoft.Extensions.Options;
using Orchestrator.Core.Leases;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Execution;

/// <summary>Opens attempts: works out when each must have ended and must have stopped.</summary>
public sealed class OpenAttemptFactory(IOptions<LeaseOptions> leaseOptions, TimeProvider timeProvider)
{
    private readonly LeasePolicy _leases = leaseOptions.Value.ToPolicy();

    /// <param name="requestSentTimestamp">Taken before the turn was asked for, so that it lies before the lease's beginning.</param>
    public OpenAttempt Open(ClaimedTask task, ActionEntry action, long requestSentTimestamp)
    {
        var start = timeProvider.GetTimestamp();
        var timeout = TimeSpan.FromMilliseconds(task.TimeoutMs);
        var (limit, reason) = task.TimeToDeadline <= timeout
            ? (task.TimeToDeadline.Value, StopReason.Deadline)
            : (timeout, StopReason.Timeout);
        limit = limit < TimeSpan.Zero ? TimeSpan.Zero : limit;
        var stop = _leases.StopTimestamp(requestSentTimestamp, timeProvider.TimestampFrequency);
        return new OpenAttempt(task, action, start, limit, timeProvider.Add(start, limit), reason, stop);
    }
}
