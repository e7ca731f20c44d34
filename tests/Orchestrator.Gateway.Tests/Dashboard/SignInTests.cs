using System.Net;
using System.Text.RegularExpressions;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Dashboard;

public sealed partial class SignInTests
{
    private static readonly string[] Pages = ["", "/tasks", "/runs", "/errors", "/workspaces", "/silos", "/workers", "/agents", "/resources", "/schedules", "/definitions", "/webhooks", "/audit", "/workspaces/mine", "/tasks/new"];

    [Fact]
    public async Task Page_WithoutASession_LeadsToTheSignInAndBack()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        using var browser = new Browser(gateway);

        Assert.Equal("observability/signin?to=", await browser.LocationOfAsync("/observability"));
        Assert.Equal("../signin?to=workspaces%2Fdefault%3Fx%3D1", await browser.LocationOfAsync("/observability/workspaces/default?x=1"));
        var shown = await browser.GetAsync("/observability/signin?to=workspaces%2Fdefault%3Fx%3D1");
        Assert.Contains("value=\"workspaces/default?x=1\"", shown.Text, StringComparison.Ordinal);

        var opened = await browser.SignInAsync(admin, "workspaces/default?x=1");
        Assert.Equal((303, "signin?to=workspaces%2Fdefault%3Fx%3D1&opened=1"), (opened.Status, opened.Location));
        var cookie = Assert.Single(opened.Cookies);
        Assert.Matches("^__Host-orchestrator=orc_[^;]+; max-age=43200; path=/; secure; samesite=lax; httponly$", cookie);
        Assert.Equal("./workspaces/default?x=1", await browser.LocationOfAsync("/observability/signin?to=workspaces%2Fdefault%3Fx%3D1&opened=1"));
        Assert.Contains("Sign out", (await browser.GetAsync("/observability")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithWhatOpensNoSession_SaysWhy()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        using var browser = new Browser(gateway);

        foreach (var key in new[] { "", "hello", admin + "x", $"orc_{new string('0', 16)}_x" })
        {
            var refused = await browser.SignInAsync(key);
            Assert.Equal((401, 0), (refused.Status, refused.Cookies.Count));
            Assert.Contains("not valid", refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(admin, refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(403, (await browser.SignInAsync(admin, origin: null)).Status);
        Assert.Equal(403, (await browser.SignInAsync(admin, origin: "https://elsewhere.example")).Status);
        Assert.Equal(403, (await browser.SignInAsync(admin, origin: "http://127.0.0.1:9")).Status);
        var noCookie = await browser.GetAsync("/observability/signin?opened=1");
        Assert.Contains("kept no cookie", noCookie.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=abc", 415)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", 400)]
    public async Task SignIn_WithABodyThatIsNoForm_IsRefused(string type, int status)
    {
        var (gateway, _) = await KeyedGateway.StartAsync();
        await using var closing = gateway;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/observability/signin") { Content = new StringContent("key=x") };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("Origin", gateway.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Session_ChangesSomething_OnlyWithTheTokenOfItsPages()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        using var browser = new Browser(gateway);
        await browser.SignInAsync(admin);
        var token = Token().Match((await browser.GetAsync("/observability")).Text).Value;
        const string Pause = "/api/v1/workspaces/default/pause";

        Assert.Equal(200, (await browser.GetAsync("/api/v1/workspaces")).Status);
        Assert.Equal(403, (await browser.PostAsync(Pause, null)).Status);
        Assert.Equal(403, (await browser.PostAsync(Pause, "x")).Status);
        Assert.Equal(200, (await browser.PostAsync(Pause, token)).Status);
        var bearer = browser.Cookie!.Split('=', 2)[1];
        await gateway.SendAsync(bearer, HttpMethod.Get, "/api/v1/workspaces", null, 401);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        using var browser = new Browser(gateway);
        await browser.SignInAsync(admin);
        var token = Token().Match((await browser.GetAsync("/observability")).Text).Value;
        var cookie = browser.Cookie;

        Assert.Equal(403, (await browser.SignOutAsync("x")).Status);
        Assert.Equal(303, (await browser.SignOutAsync(token)).Status);

        browser.Cookie = cookie;
        Assert.Equal(303, (await browser.GetAsync("/observability")).Status);
        Assert.Equal(401, (await browser.GetAsync("/api/v1/workspaces")).Status);
    }

    [Theory]
    [InlineData("read", null)]
    [InlineData("read", "mine")]
    [InlineData("submit", null)]
    [InlineData("admin", "mine")]
    public async Task Page_OfAKeyThatMayLittle_ShowsThatOrSaysThatItMayNot(string verb, string? workspace)
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        foreach (var id in new[] { "mine", "foreign-canary" })
        {
            await gateway.SendAsync(admin, HttpMethod.Post, "/api/v1/workspaces", new { id }, 201);
        }

        await gateway.SendAsync(admin, HttpMethod.Post, "/api/v1/workspaces/foreign-canary/tasks", new { action = "no.such", name = "foreign-canary", input = 1 }, 202);
        var key = await gateway.CreateKeyAsync(admin, new { name = "ann", verbs = new[] { verb }, workspaces = workspace is null ? null : new[] { workspace } });
        using var browser = new Browser(gateway);
        await browser.SignInAsync(key.Key!);

        foreach (var page in Pages)
        {
            var shown = await browser.GetAsync($"/observability{page}");
            var mayNot = verb == "submit" || (verb == "read" && page is "/webhooks" or "/audit");
            Assert.True(shown.Status == (mayNot ? 403 : 200), $"{page}: {shown.Status} {shown.Text}");
            if (workspace is not null)
            {
                Assert.DoesNotContain("foreign-canary", shown.Text, StringComparison.Ordinal);
            }
        }
    }

    [GeneratedRegex("(?<=name=\"antiforgery\" content=\")[^\"]+")]
    private static partial Regex Token();

    private sealed record Shown(int Status, string? Location, IReadOnlyList<string> Cookies, string Text);

    /// <summary>Follows no redirects, and keeps the cookie.</summary>
    private sealed class Browser(TestGateway gateway) : IDisposable
    {
        private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = gateway.Address };

        public string? Cookie { get; set; }

        public Task<Shown> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

        public async Task<string?> LocationOfAsync(string path) => (await GetAsync(path)).Location;

        public Task<Shown> SignInAsync(string key, string to = "", string? origin = "own") =>
            SendAsync(Form("/observability/signin", origin, ("key", key), ("to", to)));

        public Task<Shown> SignOutAsync(string token) => SendAsync(Form("/observability/signout", "own", ("antiforgery", token)));

        public Task<Shown> PostAsync(string path, string? token)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path);
            if (token is not null)
            {
                request.Headers.Add("X-Orchestrator-Antiforgery", token);
            }

            return SendAsync(request);
        }

        public void Dispose() => _client.Dispose();

        private HttpRequestMessage Form(string path, string? origin, params (string Name, string Value)[] fields)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin == "own" ? gateway.Address.GetLeftPart(UriPartial.Authority) : origin);
            }

            return request;
        }

        private async Task<Shown> SendAsync(HttpRequestMessage request)
        {
            using var sent = request;
            if (Cookie is not null)
            {
                request.Headers.Add("Cookie", Cookie);
            }

            using var answer = await _client.SendAsync(request);
            IReadOnlyList<string> cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
            if (cookies.Count > 0)
            {
                Cookie = cookies[0].Split(';')[0];
            }

            return new Shown((int)answer.StatusCode, answer.Headers.Location?.OriginalString, cookies, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }
    }
}
