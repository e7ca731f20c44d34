using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class IdempotencyTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Header = "Idempotency-Key";

    [Fact]
    public async Task Submit_SameKeyAndBody_AnswersTheSameTask()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var path = $"/api/v1/workspaces/{workspace}/tasks";

        var first = await gateway.PostAsync(path, "{\"action\":\"nobody.serves\"}", 202, (Header, "k"));
        var again = await gateway.PostAsync(path, "{\"action\":\"nobody.serves\"}", 202, (Header, "k"));

        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(1, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task Submit_SameKeyOnceTheTaskEnded_Is200WithItsResult()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var path = $"/api/v1/workspaces/{workspace}/tasks";
        var body = $"{{\"action\":\"{EchoWorker.Action}\",\"input\":{{\"a\":1}}}}";
        var first = await gateway.PostAsync(path, body, 202, (Header, "k"));
        await gateway.WaitAsync(Guid.Parse(first.Text("id")));

        var again = await gateway.PostAsync(path, body, 200, (Header, "k"));

        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Equal(1, again.Body.GetProperty("result").GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Submit_SameKeyOtherBody_Is422AndStoresNothing()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var path = $"/api/v1/workspaces/{workspace}/tasks";
        await gateway.PostAsync(path, "{\"action\":\"nobody.serves\"}", 202, (Header, "k"));

        var answer = await gateway.PostAsync(path, "{\"action\":\"nobody.serves\",\"name\":\"x\"}", 422, (Header, "k"));

        Assert.Equal("idempotency-conflict", answer.Problem);
        Assert.Equal(["/Idempotency-Key"], answer.Pointers);
        Assert.Equal(1, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task Submit_SameKeyInAnotherWorkspace_IsAnotherTask()
    {
        var (one, other) = (await gateway.NewWorkspaceAsync(), await gateway.NewWorkspaceAsync());

        var first = await gateway.PostAsync($"/api/v1/workspaces/{one}/tasks", "{\"action\":\"nobody.serves\"}", 202, (Header, "k"));
        var second = await gateway.PostAsync($"/api/v1/workspaces/{other}/tasks", "{\"action\":\"nobody.serves\"}", 202, (Header, "k"));

        Assert.NotEqual(first.Text("id"), second.Text("id"));
    }

    [Fact]
    public async Task SubmitBatch_SameKeyAndBody_AnswersTheSameIds()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var path = $"/api/v1/workspaces/{workspace}/tasks/batch";
        var body = "{\"tasks\":[{\"action\":\"nobody.serves\"},{\"action\":\"nobody.serves\"}]}";

        var first = await gateway.PostAsync(path, body, 202, (Header, "k"));
        var again = await gateway.PostAsync(path, body, 202, (Header, "k"));

        Assert.Equal(first.Body.GetProperty("ids").ToString(), again.Body.GetProperty("ids").ToString());
        Assert.Equal(2, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task Submit_SameKeyManyTimesAtOnce_MakesOneTask()
    {
        var workspace = await gateway.NewWorkspaceAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", "{\"action\":\"nobody.serves\"}", 202, (Header, "race"))));

        Assert.Single(answers.Select(answer => answer.Text("id")).Distinct());
        Assert.Equal(1, await gateway.CountAsync(workspace));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("a\tb")]
    [InlineData(null)]
    public async Task Submit_KeyOfAnotherForm_Is400(string? key)
    {
        var workspace = await gateway.NewWorkspaceAsync();

        var answer = await gateway.PostAsync(
            $"/api/v1/workspaces/{workspace}/tasks", new { action = "nobody.serves" }, 400, (Header, key ?? new string('k', 256)));

        Assert.Equal(["/Idempotency-Key"], answer.Pointers);
        Assert.Equal(0, await gateway.CountAsync(workspace));
    }
}
