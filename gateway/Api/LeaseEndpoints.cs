using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Leases;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Remote;
using RemoteLease = Orchestrator.Storage.Leases.RemoteLease;

namespace Orchestrator.Gateway.Api;

internal static class LeaseEndpoints
{
    public static void MapLeases(this IEndpointRouteBuilder api)
    {
        api.MapPost("/leases", LeaseAsync)
            .WithName("LeaseTasks")
            .Needs(KeyVerb.Work)
            .WithoutAudit()
            .WithTags("Remote workers")
            .WithSummary("Leases tasks to a remote worker, waiting for some if there are none")
            .WithDescription("A task is the worker's until `expiresAt`; heartbeats move that, up to the time limit of the attempt. A worker whose connection breaks before it was answered holds nothing.")
            .WithBody<LeaseRequest>(BodyLimit.Small)
            .Produces<LeaseResponse>()
            .WithProblems(ProblemTypes.Unprocessable, ProblemTypes.Draining);

        var one = api.MapGroup("/leases/{token}").WithTags("Remote workers").WithProblems(ProblemTypes.LeaseLost);

        one.MapPost("/heartbeat", BeatAsync)
            .WithName("RenewLease")
            .Needs(KeyVerb.Work)
            .WithoutAudit()
            .WithSummary("Keeps a lease, hands in a checkpoint, and hears of cancellation and messages")
            .WithBody<HeartbeatRequest>(BodyLimit.Checkpoint, optional: true);

        one.MapPost("/progress", ReportAsync)
            .WithName("ReportLeaseProgress")
            .Needs(KeyVerb.Work)
            .WithoutAudit()
            .WithSummary("Tells how far an attempt has come")
            .WithBody<ProgressRequest>(BodyLimit.Small);

        one.MapPost("/chunks", AppendAsync)
            .WithName("AppendLeaseChunks")
            .Needs(KeyVerb.Work)
            .WithoutAudit()
            .WithSummary("Appends output for those who follow the task")
            .WithBody<ChunksRequest>(BodyLimit.Result);

        one.MapPost("/complete", CompleteAsync)
            .WithName("CompleteLease")
            .Needs(KeyVerb.Work)
            .WithoutAudit()
            .WithSummary("Ends an attempt with its result")
            .WithDescription("Repeated with the same token it is answered as before, so that a worker whose answer was lost asks again.")
            .WithBody<CompleteRequest>(BodyLimit.Result);

        one.MapPost("/fail", FailAsync)
            .WithName("FailLease")
            .Needs(KeyVerb.Work)
            .WithoutAudit()
            .WithSummary("Ends an attempt that failed; the task is tried again or fails, as the code and its attempts say")
            .WithBody<FailRequest>(BodyLimit.Small);
    }

    private static async Task LeaseAsync(HttpContext http, LeaseReader reader, LeaseHandler handler)
    {
        RemoteOffer offer;
        TimeSpan wait;
        using (var body = await JsonBody.ReadAsync(http))
        {
            (offer, wait) = await reader.ReadAsync(body.Root, http.Caller(), http.RequestAborted);
        }

        await handler.AnswerAsync(http, offer, wait);
    }

    private static async Task<Ok<HeartbeatResponse>> BeatAsync(string token, HttpContext http, LeaseHandler handler, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadOptionalAsync(http);
        var errors = new FieldErrors();
        var note = LeaseReportReader.ReadHeartbeat(body?.Root, errors);
        var lease = await RequireAsync(token, http, handler, errors);
        return TypedResults.Ok(await handler.BeatAsync(lease, note.Checkpoint, note.ConsumedThrough, cancellationToken));
    }

    private static async Task<Ok> ReportAsync(string token, HttpContext http, LeaseHandler handler, RemoteAttempts attempts)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var (fraction, message) = LeaseReportReader.ReadProgress(body.Root, errors);
        var lease = await RequireAsync(token, http, handler, errors);
        return Answer(await attempts.ReportProgressAsync(lease, fraction, message));
    }

    private static async Task<Ok> AppendAsync(string token, HttpContext http, LeaseHandler handler, RemoteAttempts attempts)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var chunks = LeaseReportReader.ReadChunks(body.Root, errors);
        var lease = await RequireAsync(token, http, handler, errors);
        return Answer(await attempts.AppendAsync(lease, chunks));
    }

    private static async Task<Ok> CompleteAsync(string token, HttpContext http, LeaseHandler handler, RemoteAttempts attempts)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var (result, usage) = LeaseReportReader.ReadCompletion(body.Root, errors);
        var lease = await RequireAsync(token, http, handler, errors);
        return Answer(await attempts.CompleteAsync(lease, result, usage));
    }

    private static async Task<Ok> FailAsync(string token, HttpContext http, LeaseHandler handler, RemoteAttempts attempts)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var failure = LeaseReportReader.ReadFailure(body.Root, errors);
        var lease = await RequireAsync(token, http, handler, errors);
        return Answer(await attempts.FailAsync(lease, failure!.Error, failure.RetryAfter, failure.Usage));
    }

    private static async Task<RemoteLease> RequireAsync(string token, HttpContext http, LeaseHandler handler, FieldErrors errors)
    {
        var id = PathIds.Uuid(errors, token, "token");
        errors.ThrowIfAny();
        return await handler.RequireAsync(http.Caller(), id, http.RequestAborted);
    }

    private static Ok Answer(bool isHeld) => isHeld ? TypedResults.Ok() : throw LeaseHandler.Lost();
}
