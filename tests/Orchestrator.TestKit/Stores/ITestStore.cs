using Orchestrator.Storage;

namespace Orchestrator.TestKit.Stores;

/// <summary>A migrated, empty store of one test, with its clock in the test's hand.</summary>
public interface ITestStore : IAsyncDisposable
{
    IStore Store { get; }

    IStoreClock Clock { get; }

    /// <summary>Runs SQL past the store, to break what the store would never break.</summary>
    Task ExecuteSqlAsync(string sql);

    /// <summary>Answers the first column of every row, as text.</summary>
    Task<IReadOnlyList<string>> QuerySqlAsync(string sql);
}
