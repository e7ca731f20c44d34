using Orchestrator.TestKit.Stores;
using Xunit.Abstractions;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>A store that lacks its fence: the model has to tell.</summary>
public abstract class UnfencedStoreTests(Func<Task<ITestStore>> create, ITestOutputHelper output) : StoreModelTests(create, output)
{
    [StoreFact]
    public void AnyRun_OfAStoreWithoutItsFence_IsToldFromTheModel()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Check(500, static store => new UnfencedStore(store)));

        // The shortest run that tells: a lease that is not held any more settles, parks or gives back its task.
        Assert.Matches(@"Shrunk:[^]]*Turn[^]]*(Settle|Reap|Refuse|Await|Ask)\([^)]*\)\|]", failure.Message);
    }
}
