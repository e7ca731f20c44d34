using Orchestrator.Storage;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

public sealed class SqliteRuntimeTests : RuntimeTests
{
    private readonly SqliteFolder _folder = new();
    private IStore? _store;

    private protected override IStore Store => _store!;

    public override Task InitializeAsync()
    {
        _store = StoreFactory.Open(new StoreOptions { DataDirectory = _folder.Path }, TimeProvider.System);
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await _store!.DisposeAsync();
        _folder.Dispose();
    }
}
