using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Storage;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class FailureTests
{
    [Fact]
    public async Task Submit_StoreAway_Is503WithRetryAfter()
    {
        await using var gateway = await TestGateway.StartAsync(builder =>
            builder.Services.AddSingleton<ITaskSubmitter>(new Broken(new StoreUnavailableException("connection refused at secret-host"))));

        var answer = await gateway.PostAsync("/api/v1/workspaces/default/tasks", new { action = "a" }, 503);

        Assert.Equal("store-unavailable", answer.Problem);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.DoesNotContain("secret", answer.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_DefectInside_Is500WithoutItsInside()
    {
        await using var gateway = await TestGateway.StartAsync(builder =>
            builder.Services.AddSingleton<ITaskSubmitter>(new Broken(new InvalidOperationException("secret of the inside"))));

        var answer = await gateway.PostAsync("/api/v1/workspaces/default/tasks", new { action = "a" }, 500);

        Assert.Equal("internal", answer.Problem);
        Assert.DoesNotContain("secret", answer.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_TooManyActions_Is429WithRetryAfter()
    {
        await using var gateway = await TestGateway.StartAsync(builder =>
            builder.Services.AddSingleton<ITaskSubmitter>(new Answering(new SubmissionResult.TooManyActions())));

        var answer = await gateway.PostAsync("/api/v1/workspaces/default/tasks", new { action = "a" }, 429);

        Assert.Equal("too-many-actions", answer.Problem);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Submit_KeyOfATaskThatIsGone_SaysExpired()
    {
        var id = Guid.CreateVersion7();
        await using var gateway = await TestGateway.StartAsync(builder =>
            builder.Services.AddSingleton<ITaskSubmitter>(new Answering(new SubmissionResult.Replayed([id]))));

        var answer = await gateway.PostAsync("/api/v1/workspaces/default/tasks", new { action = "a" }, 200, ("Idempotency-Key", "k"));

        Assert.Equal($"{{\"id\":\"{id}\",\"status\":\"expired\"}}", answer.Body.ToString());
    }

    [Fact]
    public async Task Request_OfACallerWithOneWorkspace_FindsNothingOfTheOthers()
    {
        var resolver = new FakeCallers();
        await using var gateway = await TestGateway.StartAsync(builder => builder.Services.AddSingleton<ICallerResolver>(resolver));
        var mine = await gateway.NewWorkspaceAsync();
        var theirs = await gateway.NewWorkspaceAsync();
        var foreign = await gateway.SubmitAsync(theirs, new { action = "nobody.serves" });
        var own = await gateway.SubmitAsync(mine, new { action = "nobody.serves" });
        resolver.Caller = CallerContext.Of(mine);

        await gateway.GetAsync($"/api/v1/tasks/{own}");
        foreach (var path in new[] { "", "?wait=5", "/result", "/events", "/why" })
        {
            await gateway.GetAsync($"/api/v1/tasks/{foreign}{path}", 404);
        }

        await gateway.PostAsync($"/api/v1/tasks/{foreign}/cancel", status: 404);
        await gateway.PostAsync($"/api/v1/tasks/{foreign}/retry", status: 404);
        await gateway.PostAsync($"/api/v1/tasks/{foreign}/messages", new { messages = new[] { new { role = "user", content = "hello" } } }, 404);
        await gateway.PostAsync($"/api/v1/tasks/{foreign}/approve", new { decision = "approve" }, 404);
        await gateway.PatchAsync($"/api/v1/tasks/{foreign}", new { priority = 1 }, 404);
        await gateway.GetAsync($"/api/v1/workspaces/{theirs}", 404);
        await gateway.GetAsync($"/api/v1/workspaces/{theirs}/tasks", 404);
        await gateway.GetAsync($"/api/v1/stats?workspace={theirs}", 404);
        await gateway.PostAsync($"/api/v1/workspaces/{theirs}/tasks", new { action = "a" }, 404);
        await gateway.PostAsync("/api/v1/generation/echo", new { workspace = theirs, input = 1 }, 404);
        Assert.DoesNotContain(theirs, (await gateway.GetAsync("/api/v1/workspaces")).Body.ToString(), StringComparison.Ordinal);
    }

    private sealed class Broken(Exception exception) : ITaskSubmitter
    {
        public Task<SubmissionResult> SubmitAsync(Submission submission, CancellationToken cancellationToken) =>
            Task.FromException<SubmissionResult>(exception);
    }

    private sealed class Answering(SubmissionResult result) : ITaskSubmitter
    {
        public Task<SubmissionResult> SubmitAsync(Submission submission, CancellationToken cancellationToken) => Task.FromResult(result);
    }
}
