using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Orchestrator.TestKit.Stores;
using Xunit.Abstractions;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>
/// Random runs of everything that can happen to a store, held step by step against a model in memory. A failure names its
/// seed and the shortest run that still fails; <c>ORCHESTRATOR_TEST_SEED</c> replays it.
/// </summary>
public abstract class StoreModelTests(Func<Task<ITestStore>> create, ITestOutputHelper output)
{
    private const string SeedVariable = "ORCHESTRATOR_TEST_SEED";

    private protected void Check(int count, Func<IStore, IStore> wrap)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable(SeedVariable), out var given) ? given : BitConverter.ToUInt64(Guid.NewGuid().ToByteArray());
        output.WriteLine($"{SeedVariable}={seed}");
        var config = Config.QuickThrowOnFailure
            .WithName($"{SeedVariable}={seed}")
            .WithMaxTest(count)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        FsCheck.Check.One(config, Prop.ForAll(OperationGenerator.Runs, run => RunAsync(run, wrap).GetAwaiter().GetResult()));
    }

    private async Task RunAsync(Operation[] run, Func<IStore, IStore> wrap)
    {
        await using var test = await create();
        await new StoreMachine(wrap(test.Store), test.Clock).RunAsync(run);
    }
}
