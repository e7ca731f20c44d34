using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;
using Xunit.Abstractions;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>Three silos that call a provider which enforces its limit itself. <c>ORCHESTRATOR_TEST_FULL=1</c> runs them at full length; that wants a machine with nothing else to do.</summary>
public sealed class ProviderLimitTests(ITestOutputHelper output)
{
    private const int Capacity = 100;
    private const int PerSecond = 20;

    /// <summary>How long an answer may take to reach the code that waits for it.</summary>
    private static readonly TimeSpan Hearing = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [PostgresFact]
    public async Task Bucket_LikeTheProviders_NeverMeetsARefusal()
    {
        var tasks = TestRequirements.Full ? 2_000 : 220;
        var provider = new LimitedProvider(Capacity, PerSecond);
        await using var cluster = await Cluster.StartAsync(provider);

        await cluster.SubmitAsync(tasks);
        await cluster.WaitForAsync(tasks);

        var took = provider.Calls[^1].At - provider.Calls[0].At;
        var ideal = TimeSpan.FromSeconds((double)(tasks - Capacity) / PerSecond);
        output.WriteLine($"{tasks} tasks in {took.TotalSeconds:0.00} s, where {ideal.TotalSeconds:0.00} s are possible.");
        Assert.DoesNotContain(provider.Calls, call => !call.Accepted);
        Assert.InRange(took, ideal * 0.99, (ideal * 1.05) + TimeSpan.FromSeconds(1));
        await cluster.AssertAllCompletedAtOnceAsync();
    }

    [PostgresFact]
    public async Task Bucket_ProviderGivesHalfWithoutNotice_MeetsOneRefusalASiloAndKeepsItsRate()
    {
        var (before, after) = TestRequirements.Full ? (500, 1_500) : (130, 200);
        var provider = new LimitedProvider(Capacity, PerSecond);
        await using var cluster = await Cluster.StartAsync(provider);

        await cluster.SubmitAsync(before + after);
        await cluster.WaitForAsync(before);
        provider.Cut(Capacity / 2, PerSecond / 2);
        var cut = provider.Now;
        await cluster.WaitForAsync(before + after);

        var refusals = provider.Calls.Where(call => !call.Accepted).ToList();
        var closings = new List<(TimeSpan Start, List<string> Silos)>();
        var heard = new Dictionary<string, TimeSpan>();
        foreach (var (began, at, silo, _) in refusals)
        {
            if (closings.Count == 0 || at > closings[^1].Start + LimitedProvider.RetryAfter)
            {
                closings.Add((at, []));
                heard.Clear();
            }

            // Once a silo has heard the refusal it lets nobody else set out.
            Assert.True(heard.TryAdd(silo, at) || began < heard[silo] + Hearing, $"{silo} called again {(began - heard[silo]).TotalMilliseconds} ms after a refusal.");
            closings[^1].Silos.Add(silo);
        }

        var served = provider.Calls.Where(call => call.Accepted && call.At > cut).ToList();
        var rate = (served.Count - 1) / (served[^1].At - served[0].At).TotalSeconds;
        output.WriteLine($"{rate:0.00} a second of {PerSecond / 2}, {refusals.Count} refusals in {closings.Count} closings, at most {closings.Max(closing => closing.Silos.CountBy(silo => silo).Max(silo => silo.Value))} of a silo in one.");

        // So it is one a silo, unless two calls of a silo were on their way.
        if (TestRequirements.Full)
        {
            Assert.InRange(closings.Count(closing => closing.Silos.Distinct().Count() < closing.Silos.Count), 0, closings.Count / 20);
        }

        // Over few tasks the last closing alone is some percent.
        Assert.InRange(rate, PerSecond / 2 * (TestRequirements.Full ? 0.95 : 0.88), PerSecond / 2 * 1.05 + 1);
        await cluster.AssertAllCompletedAtOnceAsync();
    }

    private sealed class Cluster : IAsyncDisposable
    {
        private readonly PostgresTestStore _store;
        private readonly List<Node> _nodes = [];

        private Cluster(PostgresTestStore store) => _store = store;

        public static async Task<Cluster> StartAsync(LimitedProvider provider)
        {
            var cluster = new Cluster(await PostgresTestStore.CreateWithRunningClockAsync());
            cluster._nodes.Add(await Node.StartAsync(cluster._store.OpenAnother(), silo: false));
            foreach (var name in new[] { "a", "b", "c" })
            {
                cluster._nodes.Add(await Node.StartAsync(cluster._store.OpenAnother(), workers: ("work", provider.WorkerOf(name))));
            }

            await cluster._nodes[0].Get<IResourceOperations>().PutAsync("provider", new ResourceBounds.Bucket(Capacity, PerSecond), CancellationToken.None);
            return cluster;
        }

        public Task<IReadOnlyList<Guid>> SubmitAsync(int tasks) => _nodes[0].SubmitAsync(
            "default",
            [.. Enumerable.Range(0, tasks).Select(_ => _nodes[0].NewTask() with { Resources = new Dictionary<string, int> { ["provider"] = 1 } })]);

        public Task WaitForAsync(int completed) => Eventually.TrueAsync(
            async () => (await _store.Store.Tasks.CountAsync(null, CancellationToken.None))[TaskState.Completed] >= completed,
            Limit,
            () => $"{completed} tasks were not completed in time.");

        /// <summary>No task failed, or needed a second attempt.</summary>
        public async Task AssertAllCompletedAtOnceAsync()
        {
            var tasks = await _store.Store.Tasks.ListAsync(new TaskQuery("default", 5_000), CancellationToken.None);
            Assert.All(tasks!, task => Assert.Equal((TaskState.Completed, 1), (task.State, task.Attempt)));
            Assert.Equal([], await _store.OpenAnother().Invariants.CheckAsync(CancellationToken.None));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var node in _nodes)
            {
                await node.DisposeAsync();
            }

            await _store.DisposeAsync();
        }
    }
}
