using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Security;

public sealed partial class KeyTests
{
    private const string Keys = "/api/v1/keys";
    private const string Workspaces = "/api/v1/workspaces";

    [Fact]
    public async Task Request_OnceThereIsAKey_NeedsOne()
    {
        await using var gateway = await TestGateway.StartAsync(_ => { });
        await gateway.GetAsync(Workspaces);

        var created = await gateway.PostAsync(Keys, new { name = "ann", verbs = new[] { "admin" } }, 201);

        Assert.StartsWith($"orc_{created.Text("id")}_", created.Text("key"), StringComparison.Ordinal);
        Assert.Equal("anonymous", created.Text("createdBy"));
        var refused = await gateway.GetAsync(Workspaces, 401);
        Assert.Equal("unauthorized", refused.Problem);
        Assert.Equal("Bearer", Assert.Single(refused.Headers.WwwAuthenticate).Scheme);
        await gateway.SendAsync(created.Text("key"), HttpMethod.Get, Workspaces, null, 200);
        await gateway.GetAsync("/");
    }

    [Fact]
    public async Task Request_WithWhatIsNoValidKey_IsRefused()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        var other = $"orc_{admin.Split('_')[1]}_{new string('x', 43)}";
        var unknown = $"orc_0000000000000000_{admin.Split('_', 3)[2]}";

        foreach (var key in new[] { "", "Bearer", "Basic cm9vdDpyb290", "Bearer Bearer", admin + "x", admin[..^1], other, unknown, "orc_' or 1=1 --_x", new string('k', 20_000) })
        {
            using var answer = await gateway.TrySendAsync(key, HttpMethod.Get, Workspaces);
            Assert.True((int)answer.StatusCode == 401, $"{key}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Create_ManyMistakes_AreNamedAllAtOnce()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;

        var refused = await gateway.SendAsync(
            admin, HttpMethod.Post, Keys, new { name = "No Name", verbs = new[] { "read", "fly", "read" }, workspaces = new[] { "Bad Id", "" }, expiresAt = "2001-01-01T00:00:00Z", more = 1 }, 400);

        Assert.Equal(["/expiresAt", "/more", "/name", "/verbs/1", "/verbs/2", "/workspaces/0", "/workspaces/1"], refused.Pointers);
        Assert.Equal(["/name", "/verbs"], (await gateway.SendAsync(admin, HttpMethod.Post, Keys, new { }, 400)).Pointers);
        Assert.Equal(["/workspaces/1"], (await gateway.SendAsync(admin, HttpMethod.Post, Keys, new { name = "a", verbs = new[] { "read" }, workspaces = new[] { "default", "nowhere" } }, 422)).Pointers);
        Assert.Equal("key-exists", (await gateway.SendAsync(admin, HttpMethod.Post, Keys, new { name = "root", verbs = new[] { "read" } }, 409)).Problem);
    }

    [Fact]
    public async Task Get_Key_NeverTellsItsSecret()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        var ann = await gateway.CreateKeyAsync(admin, new { name = "ann", verbs = new[] { "read" }, workspaces = new[] { "default" } });
        var secret = ann.Key!.Split('_', 3)[2];

        foreach (var path in new[] { Keys, $"{Keys}/ann", $"{Keys}/{ann.Id}", "/api/v1/audit", "/metrics" })
        {
            using var answer = await gateway.TrySendAsync(admin, HttpMethod.Get, path);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.DoesNotContain(secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await gateway.SendAsync(admin, HttpMethod.Get, $"{Keys}/nobody", null, 404);
    }

    [Fact]
    public async Task Audit_OfAChange_NamesTheKey()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        var ann = await gateway.CreateKeyAsync(admin, new { name = "ann", verbs = new[] { "control" } });

        await gateway.SendAsync(ann.Key, HttpMethod.Post, $"{Workspaces}/default/pause", null, 200);

        var entries = (await gateway.SendAsync(admin, HttpMethod.Get, "/api/v1/audit?actor=ann", null, 200)).Body.GetProperty("items");
        Assert.Equal("PauseWorkspace", Assert.Single(entries.EnumerateArray()).GetProperty("operation").GetString());
    }

    [Fact]
    public async Task Revoke_Key_EndsWhatItIsUsedForAtOnce()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        var ann = await gateway.CreateKeyAsync(admin, new { name = "ann", verbs = new[] { "admin" } });
        var task = await gateway.SendAsync(admin, HttpMethod.Post, $"{Workspaces}/default/tasks", new { action = "test.gate", input = "key" }, 202);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tasks/{task.Text("id")}/events");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {ann.Key}");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        using var stream = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var reading = stream.Content.ReadAsStringAsync();

        // With itself, whose answer still comes.
        using var revoked = await gateway.TrySendAsync(ann.Key, HttpMethod.Delete, $"{Keys}/ann");

        Assert.Equal(204, (int)revoked.StatusCode);
        await gateway.SendAsync(ann.Key, HttpMethod.Get, Workspaces, null, 401);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => reading.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.NotEqual(default, (await gateway.SendAsync(admin, HttpMethod.Get, $"{Keys}/ann", null, 200)).Body.GetProperty("revokedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Key_PastItsTime_IsRefusedAndItsStreamsEnd()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        var brief = await gateway.CreateKeyAsync(admin, new { name = "brief", verbs = new[] { "read" }, expiresAt = DateTimeOffset.UtcNow.AddSeconds(2) });
        var task = await gateway.SendAsync(admin, HttpMethod.Post, $"{Workspaces}/default/tasks", new { action = "test.gate", input = "key" }, 202);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => gateway.SendAsync(brief.Key, HttpMethod.Get, $"/api/v1/tasks/{task.Text("id")}?wait=60", null, 200));

        await gateway.SendAsync(brief.Key, HttpMethod.Get, Workspaces, null, 401);
    }

    [Fact]
    public async Task Create_ByAKeyThatEnds_EndsNoLater()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        var end = DateTimeOffset.UtcNow.AddHours(1);
        var brief = await gateway.CreateKeyAsync(admin, new { name = "brief", verbs = new[] { "admin" }, expiresAt = end });

        Assert.Equal(["/expiresAt"], (await gateway.SendAsync(brief.Key, HttpMethod.Post, Keys, new { name = "eternal", verbs = new[] { "read" } }, 422)).Pointers);
        Assert.Equal(["/expiresAt"], (await gateway.SendAsync(brief.Key, HttpMethod.Post, Keys, new { name = "longer", verbs = new[] { "read" }, expiresAt = end.AddHours(1) }, 422)).Pointers);
        await gateway.CreateKeyAsync(brief.Key!, new { name = "shorter", verbs = new[] { "read" }, expiresAt = end.AddMinutes(-1) });
        Assert.Equal(["/name"], (await gateway.SendAsync(admin, HttpMethod.Post, Keys, new { name = "anonymous", verbs = new[] { "read" } }, 422)).Pointers);
    }

    [Fact]
    public async Task Revoke_OtherKeysAllAtOnce_CutsNothingOfAValidOne()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        var task = await gateway.SendAsync(admin, HttpMethod.Post, $"{Workspaces}/default/tasks", new { action = "test.gate", input = "long" }, 202);
        var waiting = Enumerable.Range(0, 10).Select(_ => gateway.SendAsync(admin, HttpMethod.Get, $"/api/v1/tasks/{task.Text("id")}?wait=20", null, 200)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async thread =>
        {
            for (var i = 0; i < 40; i++)
            {
                await gateway.CreateKeyAsync(admin, new { name = $"k{thread}-{i}", verbs = new[] { "read" } });
                using var revoked = await gateway.TrySendAsync(admin, HttpMethod.Delete, $"{Keys}/k{thread}-{i}");
                Assert.Equal(204, (int)revoked.StatusCode);
            }
        }));

        gateway.Gates.OpenAll();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Admin_OfOneWorkspace_MakesAndSeesNoKeyThatReachesFurther()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        foreach (var id in new[] { "mine", "other" })
        {
            await gateway.SendAsync(admin, HttpMethod.Post, Workspaces, new { id }, 201);
        }

        var ann = (await gateway.CreateKeyAsync(admin, new { name = "ann", verbs = new[] { "admin" }, workspaces = new[] { "mine" } })).Key!;
        await gateway.CreateKeyAsync(admin, new { name = "both", verbs = new[] { "read" }, workspaces = new[] { "mine", "other" } });

        Assert.Equal(["/workspaces"], (await gateway.SendAsync(ann, HttpMethod.Post, Keys, new { name = "a", verbs = new[] { "read" } }, 422)).Pointers);
        Assert.Equal(["/workspaces/1"], (await gateway.SendAsync(ann, HttpMethod.Post, Keys, new { name = "a", verbs = new[] { "read" }, workspaces = new[] { "mine", "other" } }, 422)).Pointers);
        await gateway.CreateKeyAsync(ann, new { name = "bob", verbs = new[] { "read" }, workspaces = new[] { "mine" } });
        var seen = (await gateway.SendAsync(ann, HttpMethod.Get, Keys, null, 200)).Body.GetProperty("items");
        Assert.Equal(["ann", "bob"], seen.EnumerateArray().Select(key => key.GetProperty("name").GetString()!));
        foreach (var name in new[] { "root", "both" })
        {
            await gateway.SendAsync(ann, HttpMethod.Get, $"{Keys}/{name}", null, 404);
            await gateway.SendAsync(ann, HttpMethod.Delete, $"{Keys}/{name}", null, 404);
        }

        using var revoked = await gateway.TrySendAsync(ann, HttpMethod.Delete, $"{Keys}/bob");
        Assert.Equal(204, (int)revoked.StatusCode);
    }

    [Fact]
    public async Task Bootstrap_WhereKeysAreAskedFor_IsToldOnceAndCreatesOneKey()
    {
        var log = new CapturedLog();
        await using var gateway = await TestGateway.StartAsync(builder => builder.Logging.AddProvider(log), "--Keys:Required", "true");
        await gateway.GetAsync(Workspaces, 401);
        await Eventually.TrueAsync(() => Task.FromResult(Token().IsMatch(log.Text)), TimeSpan.FromSeconds(10), () => "No token was offered.");
        var token = Token().Match(log.Text).Value;

        Assert.Equal("missing-scope", (await gateway.SendAsync(token, HttpMethod.Get, Workspaces, null, 403)).Problem);
        Assert.Equal("missing-scope", (await gateway.SendAsync(token, HttpMethod.Get, Keys, null, 403)).Problem);
        await gateway.SendAsync(token, HttpMethod.Post, Keys, new { name = "Ann", verbs = new[] { "admin" } }, 400);
        foreach (var narrow in new object[] { new { name = "ann", verbs = new[] { "read" } }, new { name = "ann", verbs = new[] { "admin" }, workspaces = new[] { "default" } }, new { name = "bootstrap", verbs = new[] { "admin" } } })
        {
            await gateway.SendAsync(token, HttpMethod.Post, Keys, narrow, 422);
        }

        var ann = await gateway.CreateKeyAsync(token, new { name = "ann", verbs = new[] { "admin" } });

        Assert.Equal("bootstrap", ann.CreatedBy);
        await gateway.SendAsync(token, HttpMethod.Post, Keys, new { name = "bob", verbs = new[] { "admin" } }, 401);
        await gateway.SendAsync(ann.Key, HttpMethod.Get, Workspaces, null, 200);
    }

    [GeneratedRegex(@"(?<=--key )orc_\S+")]
    private static partial Regex Token();
}
