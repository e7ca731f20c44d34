using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Tests.Runs;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Dashboard;

public sealed partial class DashboardTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u202e‮مرحبا 🚀";

    [Theory]
    [InlineData("/observability")]
    [InlineData("/observability/")]
    [InlineData("/observability/tasks")]
    [InlineData("/observability/tasks/new")]
    [InlineData("/observability/workspaces")]
    [InlineData("/observability/workspaces/default")]
    [InlineData("/observability/silos")]
    [InlineData("/observability/workers")]
    [InlineData("/observability/agents")]
    [InlineData("/observability/resources")]
    [InlineData("/observability/schedules")]
    [InlineData("/observability/webhooks")]
    [InlineData("/observability/runs")]
    [InlineData("/observability/definitions")]
    [InlineData("/observability/definitions/new")]
    [InlineData("/observability/errors")]
    [InlineData("/observability/audit")]
    public async Task Get_APage_IsHtmlThatLoadsNothingFromElsewhere(string path)
    {
        using var page = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'; script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<[^>]+ (style|on[a-z]+)=", html);
        Assert.DoesNotMatch("<script(?![^>]* src=)", html);
    }

    [Theory]
    [InlineData("/observability")]
    [InlineData("/observability/")]
    [InlineData("/observability/tasks")]
    [InlineData("/observability/nowhere/at/all")]
    public async Task Get_APage_RefersToFilesThatAreThereAndMayBeKept(string path)
    {
        var address = new Uri(gateway.Address, path);
        using var page = await gateway.Client.GetAsync(address);
        var html = await page.Content.ReadAsStringAsync();
        var root = new Uri(address, Base().Match(html).Groups[1].Value);
        var files = Asset().Matches(html).Select(match => new Uri(root, match.Groups[1].Value)).ToList();

        Assert.Equal("/observability/", root.AbsolutePath);
        Assert.True(files.Count >= 5);
        foreach (var file in files)
        {
            using var answer = await gateway.Client.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl!.MaxAge);
        }
    }

    [Fact]
    public async Task Get_AFileOfAnotherVersion_IsNotToBeKept()
    {
        using var answer = await gateway.Client.GetAsync(new Uri("/observability/assets/0/js/app.js", UriKind.Relative));

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/observability/assets/0/../appsettings.json")]
    [InlineData("/observability/assets/0/%2e%2e%2fappsettings.json")]
    [InlineData("/observability/assets/0/js/none.js")]
    public async Task Get_NoSuchFile_Is404(string path)
    {
        using var answer = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/observability/tasks/01890a5d-ac96-774b-bcce-b302099a8057", "There is no task")]
    [InlineData("/observability/nowhere", "There is no such page")]
    [InlineData("/observability/tasks?workspace=none-such", "There is no workspace")]
    public async Task Get_WhatIsNotThere_Is404AsAPage(string path, string words)
    {
        using var answer = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<h1>There is no such task", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TasksOfAllWorkspaces_NamesTheWorkspaceOfEachAndOffersNothingForMany()
    {
        var tag = $"all-{Guid.NewGuid()}";
        var workspaces = new[] { await gateway.NewWorkspaceAsync(), await gateway.NewWorkspaceAsync() };
        foreach (var workspace in workspaces)
        {
            await gateway.SubmitAsync(workspace, new { action = "generation.echo", tags = new[] { tag }, input = new { } });
        }

        var html = await gateway.Client.GetStringAsync(new Uri($"/observability/tasks?workspace=&q=tag:{tag}", UriKind.Relative));
        var overview = await gateway.Client.GetStringAsync(new Uri("/observability", UriKind.Relative));

        Assert.All(workspaces, workspace => Assert.Contains($"<td><a href=\"workspaces/{workspace}\">{workspace}</a></td>", html, StringComparison.Ordinal));
        Assert.DoesNotContain("data-bulk", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-pick", html, StringComparison.Ordinal);
        Assert.Contains("href=\"tasks?workspace=&amp;q=status:queued\"", overview, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status:gone", "status", HttpStatusCode.BadRequest)]
    [InlineData("parent:gone", "parent", HttpStatusCode.BadRequest)]
    [InlineData("created:gone", "created", HttpStatusCode.BadRequest)]
    [InlineData("workspace:GONE", "workspace", HttpStatusCode.BadRequest)]
    [InlineData("workspace:gone", "There is no workspace", HttpStatusCode.NotFound)]
    [InlineData("boom status:completed", "boom", HttpStatusCode.OK)]
    public async Task Get_AWrongFilter_NamesItKeepsItAndListsNothing(string filter, string named, HttpStatusCode status)
    {
        await gateway.SubmitAsync("default", new { action = "generation.echo", input = new { } });

        using var answer = await gateway.Client.GetAsync(new Uri($"/observability/tasks?q={Uri.EscapeDataString(filter)}", UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();
        var refusal = Warning().Match(html).Value;

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(named, refusal, StringComparison.Ordinal);
        Assert.Contains($"value=\"{filter}\" aria-label=\"Search", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-bulk", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-row", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Audit_LinksDefinitionsAndResources()
    {
        await gateway.PostAsync("/api/v1/definitions", """{"owner":"audited","name":"one","version":"2","steps":[{"id":"a","action":"generation.echo","input":1}]}""", 201);
        await gateway.PutAsync("/api/v1/resources/audited", new { permits = 1 }, 201);

        var html = await gateway.Client.GetStringAsync(new Uri("/observability/audit", UriKind.Relative));

        Assert.Contains("href=\"definitions/audited/one?version=2\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"resources/audited\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AuditOfABulkOperation_LinksNoTaskThatIsNotThere()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var bulk = await gateway.PostAsync("/api/v1/tasks/bulk", new { operation = "cancel", filter = new { workspace } }, 202);

        var html = await gateway.Client.GetStringAsync(new Uri($"/observability/audit?workspace={workspace}", UriKind.Relative));

        Assert.Contains($"bulk/{bulk.Text("id")}", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"tasks/bulk", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(5_000, true)]
    public async Task Get_TaskThatFailed_ShowsItsInputFoldedWhenLongAndNoOutput(int length, bool isFolded)
    {
        var id = await gateway.SubmitAsync(await gateway.NewWorkspaceAsync(), new { action = SteeredWorker.Action, input = new { messages = new string('x', length) } });
        Assert.Equal("failed", (await gateway.WaitAsync(id)).Status());

        var html = await gateway.Client.GetStringAsync(new Uri($"/observability/tasks/{id}", UriKind.Relative));

        Assert.Matches("aria-label=\"Input\"><code>[^<]*messages[^<]*x{10}", html);
        Assert.Equal(isFolded, html.Contains("<details id=\"input\"", StringComparison.Ordinal));
        Assert.DoesNotContain(">Output<", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TaskWithHostileTexts_ShowsThemAsText()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var id = await gateway.SubmitAsync(workspace, new { action = "generation.echo", name = Hostile[..60], description = Hostile, ownerId = Hostile[..60], tags = new[] { Hostile[..60] }, input = new { text = Hostile } });
        await gateway.WaitAsync(id);

        foreach (var path in new[] { $"/observability/tasks/{id}", $"/observability/tasks?workspace={workspace}", $"/observability/tasks?q={Uri.EscapeDataString(Hostile)}" })
        {
            var html = await gateway.Client.GetStringAsync(new Uri(path, UriKind.Relative));
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_APageOfAnotherWorkspace_Is404()
    {
        await using var shut = await TestGateway.StartAsync(builder => builder.Services.Replace(ServiceDescriptor.Singleton<ICallerResolver>(new FakeCallers { Caller = CallerContext.Of("other") })));
        using var answer = await shut.Client.GetAsync(new Uri("/observability/tasks?workspace=default", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Dashboard_SwitchedOff_IsNotThere()
    {
        await using var without = await TestGateway.StartAsync(_ => { }, "--Dashboard:Enabled", "false");

        await without.GetAsync("/observability", 404);
    }

    [Fact]
    public async Task Dashboard_WithAName_ShowsItAsText()
    {
        await using var named = await TestGateway.StartAsync(_ => { }, "--Dashboard:Name", "<i>My AI System</i>");

        var html = await named.Client.GetStringAsync(new Uri("/observability", UriKind.Relative));

        Assert.Contains("<title>Overview", html, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;My AI System&lt;/i&gt;</title>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_AnId_LeadsToItsTask()
    {
        var id = await gateway.SubmitAsync(await gateway.NewWorkspaceAsync(), new { action = "generation.echo", input = new { } });

        using var answer = await gateway.Client.GetAsync(new Uri($"/observability/search?q={id}", UriKind.Relative));

        Assert.Equal($"/observability/tasks/{id}", answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [GeneratedRegex("<base href=\"([^\"]*)\"")]
    private static partial Regex Base();

    [GeneratedRegex("(?:src|href)=\"(assets/[^\"]+)\"")]
    private static partial Regex Asset();

    [GeneratedRegex("class=\"warning\".*?</(p|div)>", RegexOptions.Singleline)]
    private static partial Regex Warning();
}
