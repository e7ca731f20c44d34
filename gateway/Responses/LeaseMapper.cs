using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;
using Orchestrator.Runtime.Remote;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Responses;

/// <summary>Leases as the wire shows them.</summary>
internal static class LeaseMapper
{
    /// <param name="attempt">What was leased; it knows when the lease ends.</param>
    /// <param name="task">The task as everybody sees it.</param>
    /// <param name="traceParent">What its worker goes on with; null where there is no trace.</param>
    /// <param name="elapsed">Since before it was leased.</param>
    public static RemoteLease ToResponse(this RemoteAttempt attempt, TaskRecord task, string? traceParent, TimeSpan elapsed) => new()
    {
        Token = attempt.Task.Lease.Token,
        ExpiresAt = attempt.Task.LeaseExpiresAt!.Value,
        ExpiresInMs = (int)Math.Max(0, (attempt.Task.LeasedFor!.Value - elapsed).TotalMilliseconds),
        TraceParent = traceParent,
        Task = new LeasedTask(task.ToResponse(), new RawJson(attempt.Task.Input))
        {
            Checkpoint = RawJson.From(attempt.Task.Checkpoint),
            Continuation = attempt.Task.Continuation,
        },
    };
}
