using System.Net;
using Orchestrator.Gateway.Tests.Runs;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Dashboard;

public sealed class RunPagesTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Asks = """
        steps:
          - { id: write, name: "<b>write</b>", action: generation.echo, foreach: "${{ run.input.texts }}", input: { text: "${{ item }}" } }
          - { id: send, needs: [write], approval: { question: "Send <script>alert(1)</script>?" } }
        """;

    [Fact]
    public async Task Get_RunThatAsks_DrawsItsStepsAndShowsTheQuestionAsText()
    {
        var id = await StartUntilItAsksAsync();

        var html = await ReadAsync($"/observability/runs/{id}");

        Assert.Equal(2, html.Split("<foreignObject ").Length - 1);
        Assert.Contains("2 completed", html, StringComparison.Ordinal);
        Assert.Contains($"data-send=\"POST runs/{id}/steps/send/approve\"", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;write&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Send &lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ItemOfAStep_ShowsItsOutputAlone()
    {
        var id = await StartUntilItAsksAsync();

        var html = await ReadAsync($"/observability/runs/{id}?step=write&item=1");

        Assert.Contains("Item 1", html, StringComparison.Ordinal);
        Assert.Contains("write[1]</code>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"work-write[0]\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_RunsThatWait_SaysHowFarEachHasCome()
    {
        var id = await StartUntilItAsksAsync();

        var html = await ReadAsync("/observability/runs?waiting=true");

        Assert.Contains($"href=\"runs/{id}\"", html, StringComparison.Ordinal);
        Assert.Contains("1/2", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_RunsThatAsk_SaysSoAndLeadsToThem()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var id = await StartUntilItAsksAsync(workspace);

        var one = await ReadOverviewAsync($"1 run of {workspace} waits for");
        await StartUntilItAsksAsync(workspace);
        var two = await ReadOverviewAsync($"2 runs of {workspace} wait for");

        Assert.Contains($"href=\"runs/{id}\"", one, StringComparison.Ordinal);
        Assert.Contains($"href=\"runs?workspace={workspace}&amp;waiting=true\"", two, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Definition_NamesStepsThatNobodyServes()
    {
        var name = await gateway.PublishAsync("steps: [{ id: lost, action: nobody.serves }]");

        var html = await ReadAsync($"/observability/definitions/test/{name}");

        Assert.Contains("Nobody serves <code>nobody.serves</code>", html, StringComparison.Ordinal);
        Assert.Contains("value=\"1\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_RunThatIsNotThere_Is404AsAPage()
    {
        using var answer = await gateway.Client.GetAsync(new Uri($"/observability/runs/{Guid.CreateVersion7()}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    private Task<string> ReadAsync(string path) => gateway.Client.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>The run of a definition of its own, when its second step waits for a person.</summary>
    // The figures of the cluster may be a moment old.
    private async Task<string> ReadOverviewAsync(string expected)
    {
        var html = "";
        await Eventually.TrueAsync(
            async () => (html = await ReadAsync("/observability")).Contains(expected, StringComparison.Ordinal), TimeSpan.FromSeconds(20), () => html);
        return html;
    }

    private async Task<Guid> StartUntilItAsksAsync(string workspace = "default")
    {
        var id = await gateway.StartAsync(await gateway.PublishAsync(Asks), new { workspace, input = new { texts = new[] { "tea", "milk" } } });
        using var stream = await EventReader.OpenAsync(gateway.Client, id, of: "runs");
        while ((await stream.NextAsync())!.Type != "step.waiting")
        {
        }

        return id;
    }
}
