using FsCheck;
using FsCheck.Experimental;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>
/// Random histories of submissions, turns, settlements, expiries, cancellations and moving time, on a store and on a model of
/// it. A failure prints the shrunk history and its seed; <c>ORCHESTRATOR_TEST_SEED=seed,gamma</c> replays it.
/// </summary>
public sealed class StoreModelTests
{
    [Fact]
    public void Store_AnyHistoryOnSqlite_BehavesLikeTheModel() => Check(OnSqlite.CreateAsync, histories: 150);

    [PostgresFact]
    public void Store_AnyHistoryOnPostgres_BehavesLikeTheModel() => Check(OnPostgresServer.CreateAsync, histories: 40);

    [Fact]
    public void Store_WithoutItsFence_IsCaught()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Check(OnSqlite.CreateAsync, histories: 500, fenced: false));
        Assert.Contains("settle(lease", failure.Message, StringComparison.Ordinal);
    }

    private static void Check(Func<Task<ITestStore>> create, int histories, bool fenced = true)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(histories);
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_SEED")?.Split(',') is [var seed, var gamma])
        {
            config = config.WithReplay(ulong.Parse(seed, null), ulong.Parse(gamma, null));
        }

        FsCheck.Check.One(config, StateMachine.ToProperty(new StoreMachine(create, fenced)));
    }
}
