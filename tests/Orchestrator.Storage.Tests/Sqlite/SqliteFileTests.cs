using Orchestrator.TestKit;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Sqlite;

public sealed class SqliteFileTests
{
    [Fact]
    public async Task Open_FolderInUse_IsRefusedWithWhatToDo()
    {
        await using var first = await SqliteTestStore.CreateAsync();

        var refusal = Assert.Throws<StoreInUseException>(() => Open(first.Folder));

        Assert.Contains("ORCHESTRATOR_DATA", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FolderThatWasClosed_KeepsWhatWasStored()
    {
        using var folder = new SqliteFolder();
        await using (var first = Open(folder.Path))
        {
            await first.MigrateAsync(CancellationToken.None);
            await first.Workspaces.CreateAsync(new Workspaces.WorkspaceRecord { Id = "kept" }, CancellationToken.None);
        }

        await using var second = Open(folder.Path);
        await second.MigrateAsync(CancellationToken.None);

        Assert.NotNull(await second.Workspaces.FindAsync("kept", CancellationToken.None));
    }

    [Fact]
    public async Task Migrate_ManyAtOnce_AppliesEachVersionOnce()
    {
        using var folder = new SqliteFolder();
        await using var store = Open(folder.Path);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.MigrateAsync(CancellationToken.None))));

        await store.CheckReadyAsync(CancellationToken.None);
        Assert.Single(await store.Workspaces.ListAsync(null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task CheckReady_NotMigrated_IsUnavailable()
    {
        using var folder = new SqliteFolder();
        await using var store = Open(folder.Path);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckReadyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Commit_OfSqlite_IsDurableAgainstLossOfPower()
    {
        await using var test = await SqliteTestStore.CreateAsync();

        Assert.Equal(["wal"], await test.QuerySqlAsync("pragma journal_mode"));
        Assert.Equal(["ok"], await test.QuerySqlAsync("pragma integrity_check"));
    }

    [Fact]
    public async Task Signals_OfOneProcess_ReachNobody()
    {
        await using var test = await SqliteTestStore.CreateAsync();

        Assert.False(test.Store.Signals.ReachesOthers);
        await test.Store.Signals.SendAsync(Signals.SignalChannel.Hints, "hint", CancellationToken.None);
    }

    private static IStore Open(string folder) => StoreFactory.Open(new StoreOptions { DataDirectory = folder }, new ManualTimeProvider());
}
