using Orchestrator.TestKit.Stores;
using Xunit.Abstractions;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>The store as it is.</summary>
public abstract class FencedStoreTests(Func<Task<ITestStore>> create, int runs, ITestOutputHelper output) : StoreModelTests(create, output)
{
    [StoreFact]
    public void AnyRun_OfTheStore_DoesWhatTheModelDoes() => Check(runs, static store => store);
}
