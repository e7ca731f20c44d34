using System.Text.Json;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Responses;
using Orchestrator.Runtime.Remote;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Tasks;
using RemoteLease = Orchestrator.Storage.Leases.RemoteLease;

namespace Orchestrator.Gateway.Api;

/// <summary>Gives tasks to remote workers, and hears of them.</summary>
internal sealed class LeaseHandler(
    RemoteDispatcher dispatcher, RemoteHandBack handBack, RemoteAttempts attempts, RemoteSpans spans, ITaskReader tasks, ISteeringStore steering, TimeProvider timeProvider)
{
    private static readonly TimeSpan DrainRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>How many bytes of inputs and checkpoints one answer may have, so that it is there long before its leases run out.</summary>
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    /// <summary>Leases tasks and writes the answer. What does not fit into it goes back at once, and so does everything when the caller has gone or the answer fails.</summary>
    public async Task AnswerAsync(HttpContext http, RemoteOffer offer, TimeSpan wait)
    {
        var taken = await dispatcher.TakeAsync(offer, wait, http.RequestAborted)
            ?? throw new ProblemException(new Problem(ProblemTypes.Draining, "Ask another gateway, or this one again in a while.") { RetryAfter = DrainRetryAfter });
        var given = taken.Take(CountFitting(taken)).ToList();
        var returned = handBack.ReturnAsync([.. taken.Skip(given.Count)]);
        try
        {
            var records = given.Count == 0 ? null : await tasks.FindManyAsync([.. given.Select(attempt => attempt.Task.Lease.TaskId)], http.RequestAborted);
            var response = new LeaseResponse([.. given.Select(attempt => attempt.ToResponse(
                records![attempt.Task.Lease.TaskId], spans.Begin(attempt), timeProvider.GetElapsedTime(attempt.RequestSentTimestamp)))]);
            http.Response.ContentType = "application/json; charset=utf-8";
            await JsonSerializer.SerializeAsync(http.Response.Body, response, ContractsJson.TypeInfo<LeaseResponse>(), http.RequestAborted);
        }
        catch
        {
            await handBack.ReturnAsync(given);
            throw;
        }
        finally
        {
            await returned;
        }
    }

    /// <summary>The attempt of a token, if there is one that the caller may know of.</summary>
    public async Task<RemoteLease> RequireAsync(Security.CallerContext caller, Guid token, CancellationToken cancellationToken) =>
        await attempts.FindAsync(token, cancellationToken) is { } lease && caller.Sees(lease.Workspace) ? lease : throw Lost();

    public async Task<HeartbeatResponse> BeatAsync(RemoteLease lease, ReadOnlyMemory<byte>? checkpoint, int consumedThrough, CancellationToken cancellationToken)
    {
        switch (await attempts.RenewAsync(lease.Lease.Token, cancellationToken))
        {
            case RemoteRenewal.Cancelled:
                return new HeartbeatResponse { Cancelled = true, Messages = [] };
            case RemoteRenewal.Renewed renewed:
                if (checkpoint is { } note && !await steering.SaveAsync(lease.Lease, note, consumedThrough, usage: null, cancellationToken))
                {
                    throw Lost();
                }

                var messages = await steering.ListUnconsumedAsync(lease.Lease.TaskId, cancellationToken);
                return new HeartbeatResponse
                {
                    ExpiresAt = renewed.ExpiresAt,
                    ExpiresInMs = (int)renewed.ExpiresIn.TotalMilliseconds,
                    Cancelled = false,
                    Messages = [.. messages.Select(message => new LeaseMessage(message.Number, message.Role, message.Content))],
                };
            default:
                throw Lost();
        }
    }

    /// <summary>How many of them fit into an answer, one at least.</summary>
    private static int CountFitting(IReadOnlyList<RemoteAttempt> attempts)
    {
        var bytes = 0L;
        for (var i = 0; i < attempts.Count; i++)
        {
            bytes += attempts[i].Task.Input.Length + (attempts[i].Task.Checkpoint?.Length ?? 0);
            if (bytes > MaxAnswerBytes)
            {
                return Math.Max(1, i);
            }
        }

        return attempts.Count;
    }

    /// <summary>What a worker is told whose word does not count any more.</summary>
    public static ProblemException Lost() => new(new Problem(
        ProblemTypes.LeaseLost, "The lease expired or was settled, or the task has ended. Nothing was written; stop the work."));
}
