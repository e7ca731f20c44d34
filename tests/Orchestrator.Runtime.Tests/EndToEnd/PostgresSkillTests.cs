using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>Several silos that declare the same skill differently well.</summary>
[OnPostgres]
public sealed class PostgresSkillTests : IAsyncLifetime
{
    private static readonly TimeSpan Beyond = TimeSpan.FromSeconds(5);

    private PostgresTestStore? _store;

    public async Task InitializeAsync() => _store = await PostgresTestStore.CreateWithRunningClockAsync();

    public async Task DisposeAsync() => await _store!.DisposeAsync();

    [StoreFact]
    public async Task Task_BestSiloIsFree_GoesToIt()
    {
        var (best, second) = (new Worker(), new Worker());
        await using var gateway = await Node.StartAsync(_store!.OpenAnother(), silo: false);
        await using var two = await StartAsync(second, 0.6);
        await using var one = await StartAsync(best, 0.9);
        await KnowEachOtherAsync(gateway, 2);

        for (var i = 0; i < 20; i++)
        {
            best.Finish();
            await gateway.WaitForEndAsync(Assert.Single(await gateway.SubmitAsync("default", Naming(gateway))));
        }

        Assert.Equal((20, 0), (best.Count, second.Count));
    }

    [StoreFact]
    public async Task Tasks_MoreThanTheBestCanTake_GoToTheSecondButNotToOneWithoutTheSkill()
    {
        var (best, second, none) = (new Worker(), new Worker(), new Worker());
        await using var gateway = await Node.StartAsync(_store!.OpenAnother(), silo: false);
        await using var three = await StartAsync(none, null);
        await using var two = await StartAsync(second, 0.6);
        await using var one = await StartAsync(best, 0.9);
        await KnowEachOtherAsync(gateway, 3);

        var ids = (await gateway.SubmitAsync("default", [.. Enumerable.Range(0, 10).Select(_ => Naming(gateway))])).Order().ToList();
        await Wait.UntilAsync(() => best.Count == 2 && second.Count == 2);

        // The first ones in line went to the best.
        Assert.Equal(ids.Take(2).Order(), best.Ran.Order());
        Assert.Equal(ids.Skip(2).Take(2).Order(), second.Ran.Order());

        best.Finish(100);
        second.Finish(100);
        Assert.All(await Task.WhenAll(ids.Select(gateway.WaitForEndAsync)), task => Assert.Equal(TaskState.Completed, task.State));
        Assert.Equal(0, none.Count);
        Assert.Empty(await _store.Store.Invariants.CheckAsync(CancellationToken.None));
    }

    [StoreFact]
    public async Task BestSilo_Drains_TheSecondTakesWhatComes()
    {
        var (best, second) = (new Worker(), new Worker());
        await using var gateway = await Node.StartAsync(_store!.OpenAnother(), silo: false);
        await using var two = await StartAsync(second, 0.6);
        var one = await StartAsync(best, 0.9);
        await KnowEachOtherAsync(gateway, 2);
        await one.DisposeAsync();

        second.Finish(3);
        for (var i = 0; i < 3; i++)
        {
            await gateway.WaitForEndAsync(Assert.Single(await gateway.SubmitAsync("default", Naming(gateway))), Beyond);
        }

        Assert.Equal((0, 3), (best.Count, second.Count));
    }

    [StoreFact]
    public async Task Task_NobodyHasItsSkill_RunsOnceASiloJoinsThatDoes()
    {
        var (plain, able) = (new Worker(), new Worker());
        await using var gateway = await Node.StartAsync(_store!.OpenAnother(), silo: false);
        await using var without = await StartAsync(plain, null);
        var id = Assert.Single(await gateway.SubmitAsync("default", Naming(gateway)));
        plain.Finish();
        await gateway.WaitForEndAsync(Assert.Single(await gateway.SubmitAsync("default", gateway.NewTask())));
        Assert.Equal(TaskState.Queued, (await gateway.FindAsync(id)).State);

        await using var joining = await StartAsync(able, 0.1);
        able.Finish();

        Assert.Equal(TaskState.Completed, (await gateway.WaitForEndAsync(id, Beyond)).State);
        Assert.Equal((1, 1), (plain.Count, able.Count));
    }

    private Task<Node> StartAsync(Worker worker, double? proficiency) => Node.StartAsync(
        _store!.OpenAnother(),
        configure: static options =>
        {
            options.Slots = 2;
            options.ReservedSlots = 0;
        },
        leases: static leases => leases.HeartbeatInterval = TimeSpan.FromSeconds(2),
        skills: proficiency is { } law ? new Dictionary<string, double> { ["law"] = law } : null,
        workers: ("work", worker.Executor));

    private static Task KnowEachOtherAsync(Node gateway, int silos) => Wait.UntilAsync(() =>
        gateway.Store.Silos.ListAsync(TimeSpan.FromSeconds(10), CancellationToken.None).GetAwaiter().GetResult().Count == silos);

    private static Storage.Submissions.NewTask Naming(Node node) => node.NewTask() with { Skills = ["law"] };

    /// <summary>Says what it ran, and works until it is let go.</summary>
    private sealed class Worker
    {
        private readonly SemaphoreSlim _finish = new(0);
        private readonly List<Guid> _ran = [];

        public Worker() => Executor = new FakeExecutor(async (context, token) =>
        {
            lock (_ran)
            {
                _ran.Add(context.TaskId);
            }

            await _finish.WaitAsync(token);
            return FakeExecutor.Success();
        });

        public FakeExecutor Executor { get; }

        public IReadOnlyList<Guid> Ran
        {
            get
            {
                lock (_ran)
                {
                    return [.. _ran];
                }
            }
        }

        public int Count => Ran.Count;

        public void Finish(int attempts = 1) => _finish.Release(attempts);
    }
}
