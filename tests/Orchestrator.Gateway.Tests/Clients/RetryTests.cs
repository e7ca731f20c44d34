using System.Net;
using System.Net.Sockets;
using Orchestrator.Client;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>What the client sends again, how often, and after how long.</summary>
public sealed class RetryTests
{
    private const string Stats = """{"tasks":{},"silos":1,"draining":0,"slots":1,"busy":0}""";
    private static readonly RequestRetryOptions Quick = new() { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) };

    [Theory]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Send_TransientRefusal_IsSentAgain(HttpStatusCode status)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Status(status), ScriptedHandler.Status(status), ScriptedHandler.Status(HttpStatusCode.OK, Stats));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http, new OrchestratorClientOptions { Retry = Quick });

        Assert.Equal(1, (await client.GetStatsAsync()).Silos);
        Assert.Equal(3, handler.Seen.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Send_FinalRefusal_IsSentOnce(HttpStatusCode status)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Status(status));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http, new OrchestratorClientOptions { Retry = Quick });

        var refusal = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetStatsAsync());

        Assert.Equal(((int)status, 1, null), (refusal.Status!.Value, handler.Seen.Count, refusal.Slug));
    }

    [Fact]
    public async Task Send_NoConnection_IsSentAgainUpToTheLimit()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Fails(new HttpRequestException(HttpRequestError.ConnectionError, "refused")));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http, new OrchestratorClientOptions { Retry = Quick with { MaxAttempts = 4 } });

        var refusal = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetStatsAsync());

        Assert.Equal((4, 4, null, true), (handler.Seen.Count, refusal.Attempts, refusal.Status, refusal.IsTransient));
    }

    [Fact]
    public async Task Send_ConnectionIsResetAtOnce_IsSentAgain()
    {
        using var handler = new ScriptedHandler(
            ScriptedHandler.Fails(new SocketException((int)SocketError.NotConnected)), ScriptedHandler.Status(HttpStatusCode.OK, Stats));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http, new OrchestratorClientOptions { Retry = Quick });

        Assert.Equal(1, (await client.GetStatsAsync()).Silos);
        Assert.Equal(2, handler.Seen.Count);
    }

    [Fact]
    public async Task Send_RetryAfter_IsWaitedFor()
    {
        var retries = new List<RequestRetry>();
        using var handler = new ScriptedHandler(
            ScriptedHandler.Status(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromSeconds(1)), ScriptedHandler.Status(HttpStatusCode.OK, Stats));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http, new OrchestratorClientOptions { Retry = Quick, OnRetry = retries.Add });

        await client.GetStatsAsync();

        var retry = Assert.Single(retries);
        Assert.InRange(retry.Delay, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1));
        Assert.Equal(("GET /api/v1/stats", 1, TimeSpan.FromSeconds(1)), (retry.Request, retry.Attempt, retry.Cause.RetryAfter));
    }

    [Fact]
    public async Task Send_RetryAfterBeyondPatience_IsToldAtOnce()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Status(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromHours(1)));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http);

        var refusal = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetStatsAsync());

        Assert.Equal((1, TimeSpan.FromHours(1)), (handler.Seen.Count, refusal.RetryAfter!.Value));
    }

    [Fact]
    public async Task Send_CallerGivesUp_Ends()
    {
        using var gaveUp = new CancellationTokenSource();
        using var handler = new ScriptedHandler(ScriptedHandler.Status(HttpStatusCode.ServiceUnavailable));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http, new OrchestratorClientOptions { OnRetry = _ => gaveUp.Cancel() });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetStatsAsync(cancellationToken: gaveUp.Token));
        Assert.Single(handler.Seen);
    }

    [Fact]
    public async Task Submit_SentAgain_KeepsItsKeyAndBody()
    {
        const string Task = """{"id":"01a1fd44-365c-7a7b-9463-8b11bcec2525","workspace":"w","action":"a","tags":[],"status":"queued","score":1,"scoreSource":"heuristic","attempt":0,"maxAttempts":3,"timeoutMs":1,"delegationDepth":0,"dependsOn":[],"onDependencyFailure":"cancel","resources":{},"skills":[],"createdAt":"2026-01-31T12:00:00Z","links":{"self":"s","events":"e","cancel":"c"}}""";
        using var handler = new ScriptedHandler(
            ScriptedHandler.Fails(new HttpRequestException(HttpRequestError.ResponseEnded, "cut")), ScriptedHandler.Status(HttpStatusCode.Accepted, Task));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http, new OrchestratorClientOptions { Retry = Quick, ApiKey = "secret" });

        await client.Tasks.SubmitAsync("w", new SubmitTaskRequest { Action = "a", Input = JsonValues.ToRawJson(new { Text = "è" }) });
        await client.Tasks.SubmitAsync("w", new SubmitTaskRequest { Action = "a" }, key: "mine");

        Assert.Equal("""{"action":"a","input":{"text":"\u00E8"}}""", handler.Seen[0].Body);
        Assert.Equal((handler.Seen[0].Body, handler.Seen[0].Headers["Idempotency-Key"]), (handler.Seen[1].Body, handler.Seen[1].Headers["Idempotency-Key"]));
        Assert.Equal("mine", handler.Seen[2].Headers["Idempotency-Key"]);
        Assert.All(handler.Seen, seen => Assert.Equal("Bearer secret", seen.Headers["Authorization"]));
    }

    [Fact]
    public async Task Create_AnswerIsLost_IsNotSentAgain()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Fails(new HttpRequestException(HttpRequestError.ResponseEnded, "cut")));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http, new OrchestratorClientOptions { Retry = Quick });

        await Assert.ThrowsAsync<OrchestratorException>(() => client.Workspaces.CreateAsync(new CreateWorkspaceRequest { Id = "w" }));

        Assert.Single(handler.Seen);
    }

    [Fact]
    public async Task Patch_UnsetMembers_AreNotSentAndRawNullsAre()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Status(HttpStatusCode.BadRequest));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http);

        await Assert.ThrowsAsync<OrchestratorException>(() => client.Workspaces.PatchAsync("w", new PatchWorkspaceRequest { Weight = 2 }));
        await Assert.ThrowsAsync<OrchestratorException>(() => client.Workspaces.PatchAsync("w", RawJson.From("""{"goal":null}""")!.Value));

        Assert.Equal(["""{"weight":2}""", """{"goal":null}"""], handler.Seen.Select(seen => seen.Body));
    }
}
