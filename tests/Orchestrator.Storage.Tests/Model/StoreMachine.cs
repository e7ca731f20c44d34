using FsCheck;
using FsCheck.Experimental;
using FsCheck.Fluent;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>Draws operations on a store and on the model of it, in any order that a cluster could bring about.</summary>
internal sealed class StoreMachine(Func<Task<ITestStore>> create, bool fenced = true) : Machine<StoreUnderTest, StoreModel>(MaxOperations)
{
    private const int MaxOperations = 30;

    // So far apart that all the time a run can take makes up for no step between them.
    private static readonly int[] Scores = [0, 500, 1000];

    public override Arbitrary<Setup<StoreUnderTest, StoreModel>> Setup =>
        Gen.Constant<Setup<StoreUnderTest, StoreModel>>(new StoreSetup(create, fenced)).ToArbitrary();

    public override Gen<Operation<StoreUnderTest, StoreModel>> Next(StoreModel model)
    {
        var choices = new List<(int, Gen<Operation<StoreUnderTest, StoreModel>>)>
        {
            (4, Submit(model)),
            (4, Gen.Choose(1, 4).Select(Turn)),
            (3, Gen.Elements(3, 10, 20, 40).Select(Advance)),
            (1, Gen.Constant(FireDue)),
            (1, Gen.Constant(Resolve)),
            (1, Gen.Constant(Reap)),
            (1, Gen.Constant(Renew)),
        };
        if (model.Tasks.Count > 0)
        {
            choices.Add((1, Gen.Choose(0, model.Tasks.Count - 1).Select(Cancel)));
            choices.Add((1, Gen.Choose(0, model.Tasks.Count - 1).SelectMany(task => Gen.Elements(Scores).Select(score => Patch(task, score)))));
        }

        if (model.Leases.Count > 0)
        {
            choices.Add((5, Gen.Choose(0, model.Leases.Count - 1).SelectMany(lease => Gen.Elements(Enum.GetValues<End>()).Select(end => Settle(lease, end)))));
        }

        return Gen.Frequency(choices);
    }

    public override TearDown<StoreUnderTest> TearDown { get; } = new StoreTearDown();

    private static Gen<Operation<StoreUnderTest, StoreModel>> Submit(StoreModel model) =>
        from score in Gen.Elements(Scores)
        from maxAttempts in Gen.Choose(1, 3)
        from delay in Gen.Elements(0, 0, 0, 15)
        from dependsOn in Gen.Choose(-3, model.Tasks.Count - 1)
        select Submit(score, maxAttempts, delay, dependsOn < 0 ? null : dependsOn);

    private static Operation<StoreUnderTest, StoreModel> Submit(int score, int maxAttempts, int delay, int? dependsOn) => new StoreOperation(
        $"submit(score {score}, {maxAttempts} attempts, in {delay} s, after {dependsOn?.ToString() ?? "none"})",
        model => dependsOn is null || dependsOn < model.Tasks.Count,
        model => model.Submit(score, maxAttempts, delay, dependsOn),
        async (store, _) =>
        {
            await store.SubmitAsync(score, maxAttempts, delay, dependsOn);
            return "";
        });

    private static Operation<StoreUnderTest, StoreModel> Turn(int slots) => new StoreOperation(
        $"turn({slots})",
        _ => true,
        model => model.TakeTurn(slots),
        async (store, before) => Expect(before.Ready().Take(slots).Select(task => task.Index), await store.TakeTurnAsync(slots)));

    private static Operation<StoreUnderTest, StoreModel> Settle(int lease, End end) => new StoreOperation(
        $"settle(lease {lease}, {end})",
        model => lease < model.Leases.Count && (end is not (End.RetryNow or End.RetryLater) || MayRetry(model, lease)),
        model => model.Holds(lease) ? model.Settle(lease, end, recognised: lease) : model,
        async (store, before) => Expect([before.ResultOf(lease)], [await store.SettleAsync(lease, end)]));

    private static bool MayRetry(StoreModel model, int lease)
    {
        var task = model.Tasks[model.Leases[lease].Task];
        return task.Attempt < task.MaxAttempts;
    }

    private static Operation<StoreUnderTest, StoreModel> Cancel(int task) => new StoreOperation(
        $"cancel({task})",
        model => task < model.Tasks.Count,
        model => model.Cancel(task),
        async (store, before) => Expect([before.Tasks[task].State.IsTerminal()], [await store.CancelAsync(task) is CancelResult.AlreadyEnded]));

    private static Operation<StoreUnderTest, StoreModel> Patch(int task, int score) => new StoreOperation(
        $"patch({task}, score {score})",
        model => task < model.Tasks.Count,
        model => model.Patch(task, score),
        async (store, before) => Expect([before.PatchResultOf(task)], [await store.PatchAsync(task, score)]));

    private static Operation<StoreUnderTest, StoreModel> Advance(int seconds) => new StoreOperation(
        $"advance({seconds} s)",
        _ => true,
        model => model.Advance(seconds),
        async (store, _) =>
        {
            await store.AdvanceAsync(seconds);
            return "";
        });

    private static Operation<StoreUnderTest, StoreModel> FireDue => new StoreOperation(
        "fire due", _ => true, model => model.FireDue(), async (store, _) =>
        {
            await store.FireDueAsync();
            return "";
        });

    private static Operation<StoreUnderTest, StoreModel> Resolve => new StoreOperation(
        "resolve", _ => true, model => model.Resolve(), async (store, _) =>
        {
            await store.ResolveAsync();
            return "";
        });

    private static Operation<StoreUnderTest, StoreModel> Reap => new StoreOperation(
        "reap", _ => true, model => model.Reap(), async (store, before) => Expect([before.Expired().Count()], [await store.ReapAsync()]));

    private static Operation<StoreUnderTest, StoreModel> Renew => new StoreOperation(
        "renew all", _ => true, model => model.Renew(), (store, before) => Task.FromResult(
            Expect(Enumerable.Range(0, before.Leases.Count).Where(lease => !before.Holds(lease)), store.Renew())));

    private static string Expect<T>(IEnumerable<T> expected, IEnumerable<T> actual)
    {
        var (left, right) = (expected.ToArray(), actual.ToArray());
        return left.SequenceEqual(right) ? "" : $"expected [{string.Join(", ", left)}], answered [{string.Join(", ", right)}]";
    }

    private sealed class StoreTearDown : TearDown<StoreUnderTest>
    {
        public override void Actual(StoreUnderTest actual) => Task.Run(async () => await actual.Test.DisposeAsync()).GetAwaiter().GetResult();
    }

    private sealed class StoreSetup(Func<Task<ITestStore>> create, bool fenced) : Setup<StoreUnderTest, StoreModel>
    {
        public override StoreUnderTest Actual() => new(Task.Run(create).GetAwaiter().GetResult(), fenced);

        public override StoreModel Model() => StoreModel.Empty;
    }
}
