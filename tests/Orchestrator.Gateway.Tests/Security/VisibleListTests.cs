using System.Text;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Security;

/// <summary>Lists over all workspaces, page by page, as a key for some workspaces sees them.</summary>
public sealed class VisibleListTests
{
    private const string Canary = "foreign-canary";

    [Theory]
    [InlineData("workspaces", "id")]
    [InlineData("tasks", "name")]
    [InlineData("schedules", "id")]
    [InlineData("webhooks", "description")]
    [InlineData("audit", "targetId")]
    [InlineData("keys", "name")]
    public async Task List_PageByPage_TellsOwnThingsInOrderAndNothingOfOthers(string list, string member)
    {
        var (gateway, admin) = await KeyedGateway.StartAsync(null, "--Webhooks:AllowPrivateAddresses", "true");
        await using var _ = gateway;
        string[] names = ["a-mine", Canary, "b-mine", $"{Canary}-2", "z-mine"];
        foreach (var id in names)
        {
            await gateway.SendAsync(admin, HttpMethod.Post, "/api/v1/workspaces", new { id }, 201);
            await gateway.SendAsync(admin, HttpMethod.Post, $"/api/v1/workspaces/{id}/tasks", new { action = "no.such", name = id, input = 1 }, 202);
            await gateway.SendAsync(admin, HttpMethod.Post, "/api/v1/schedules", new { id, workspace = id, intervalMs = 3_600_000, task = new { action = "no.such", input = 1 } }, 201);
            await gateway.SendAsync(admin, HttpMethod.Post, "/api/v1/webhooks", new { workspace = id, description = id, url = "http://127.0.0.1:9/", types = new[] { "*" } }, 201);
            await gateway.CreateKeyAsync(admin, new { name = id, verbs = new[] { "read" }, workspaces = new[] { id } });
            await gateway.SendAsync(admin, HttpMethod.Post, $"/api/v1/workspaces/{id}/pause", null, 200);
        }

        string[] mine = [.. names.Where(name => name.EndsWith("-mine", StringComparison.Ordinal))];
        var key = (await gateway.CreateKeyAsync(admin, new { name = "reader", verbs = new[] { "admin" }, workspaces = mine })).Key!;
        var told = new List<string>();
        var cursor = "";
        var pages = 0;
        do
        {
            var page = (await gateway.SendAsync(key, HttpMethod.Get, $"/api/v1/{list}?limit=1{cursor}", null, 200)).Body;
            Assert.DoesNotContain(Canary, page.GetRawText(), StringComparison.Ordinal);
            told.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString() ?? ""));
            Assert.True(++pages < 100, "The list does not end.");
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : "";
            if (cursor.Length > 0)
            {
                Assert.Equal(1, page.GetProperty("items").GetArrayLength());
                Assert.DoesNotContain(Canary, Encoding.Latin1.GetString(Base64(page.GetProperty("nextCursor").GetString()!)), StringComparison.Ordinal);
            }
        }
        while (cursor.Length > 0);

        Assert.Equal(told.Count, pages);
        Assert.Equal(mine, told.Distinct().Where(name => mine.Contains(name)).Order(StringComparer.Ordinal));
    }

    private static byte[] Base64(string cursor) => System.Buffers.Text.Base64Url.DecodeFromChars(cursor);
}
