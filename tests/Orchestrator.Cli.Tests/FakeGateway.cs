using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tests;

/// <summary>A server that answers what a test wants to see answered.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeGateway(Func<FakeGateway, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(http => answer(this, http));
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Somebody waits for a task's end.</summary>
    public Task Waited => _waited.Task;

    /// <summary>Refuses all that do not show the key; those that do may do nothing.</summary>
    public static Task<FakeGateway> WithKeyAsync(string key) => StartAsync((_, http) =>
        http.Request.Headers.Authorization == $"Bearer {key}"
            ? RefuseAsync(http, 403, "forbidden", "The key may not do this.")
            : RefuseAsync(http, 401, "unauthorized", "The key is missing or wrong."));

    /// <summary>Has one task, which never ends.</summary>
    public static Task<FakeGateway> WithEndlessTaskAsync(Guid id) => StartAsync(async (self, http) =>
    {
        if (http.Request.Query.ContainsKey("wait"))
        {
            self._waited.TrySetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await http.Response.WriteAsync(JsonSerializer.Serialize(Endless(id), ContractsJson.TypeInfo<TaskResponse>()));
    });

    /// <summary>Answers the same to everything.</summary>
    public static Task<FakeGateway> WithAnswerAsync(string body) => StartAsync((_, http) => http.Response.WriteAsync(body));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<FakeGateway> StartAsync(Func<FakeGateway, HttpContext, Task> answer)
    {
        var gateway = new FakeGateway(answer);
        await gateway._app.StartAsync();
        return gateway;
    }

    private static Task RefuseAsync(HttpContext http, int status, string slug, string title)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        var problem = new ProblemResponse { Type = $"urn:orchestrator:problem:{slug}", Title = title, Status = status, TraceId = "1" };
        return http.Response.WriteAsync(JsonSerializer.Serialize(problem, ContractsJson.TypeInfo<ProblemResponse>()));
    }

    private static TaskResponse Endless(Guid id) => new()
    {
        Id = id,
        Workspace = "default",
        Action = "generation.text",
        Tags = [],
        Status = "processing",
        Score = 300,
        ScoreSource = "heuristic",
        Attempt = 1,
        MaxAttempts = 3,
        TimeoutMs = 120_000,
        DelegationDepth = 0,
        DependsOn = [],
        OnDependencyFailure = "cancel",
        Resources = new Dictionary<string, int>(),
        Skills = [],
        CreatedAt = DateTimeOffset.UnixEpoch,
        Links = TaskLinks.Of(id),
    };
}
