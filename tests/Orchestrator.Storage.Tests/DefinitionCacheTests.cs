using System.Text;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Sqlite;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests;

public sealed class DefinitionCacheTests
{
    [Fact]
    public async Task Get_DefinitionAgain_AnswersTheSameOneAndKeepsThoseUsedLast()
    {
        await using var test = await SqliteTestStore.CreateAsync();
        var keys = new List<long>();
        foreach (var version in new[] { "1", "2", "3" })
        {
            keys.Add(await PublishAsync(test, version));
        }

        using var session = new SqliteConnections(Path.Combine(test.Folder, "orchestrator.db"), TimeProvider.System).Open();
        var cache = new DefinitionCache(maxBytes: 2 * Document("1").Length);

        var first = await cache.GetAsync(session, keys[0]);
        var second = await cache.GetAsync(session, keys[1]);
        Assert.Equal("acme/report@1", first.Name.ToString());
        Assert.Same(first, await cache.GetAsync(session, keys[0]));
        await cache.GetAsync(session, keys[2]);

        Assert.Equal(2, cache.Count);
        Assert.Same(first, await cache.GetAsync(session, keys[0]));
        Assert.NotSame(second, await cache.GetAsync(session, keys[1]));
        await Assert.ThrowsAsync<BrokenRunException>(() => cache.GetAsync(session, keys[2] + 1));
    }

    private static byte[] Document(string version) =>
        Encoding.UTF8.GetBytes($$"""{"owner":"acme","name":"report","version":"{{version}}","steps":[{"id":"a","action":"x"}]}""");

    private static async Task<long> PublishAsync(SqliteTestStore test, string version) => Assert.IsType<PublishResult.Published>(
        await test.Store.Definitions.PublishAsync(new DefinitionName("acme", "report", version), null, Document(version), "", "json", CancellationToken.None)).Definition.Key;
}
