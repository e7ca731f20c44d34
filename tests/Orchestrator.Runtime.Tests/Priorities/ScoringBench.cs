using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Core.Priorities;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Priorities;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Workspaces;
using Orchestrator.Telemetry;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.Priorities;

/// <summary>The scorer over an SQLite store, with its metrics in hand.</summary>
internal sealed class ScoringBench : IAsyncDisposable
{
    public const string Workspace = IWorkspaceStore.DefaultWorkspace;

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly OrchestratorMeter _meter = new();
    private readonly MeterListener _listener;
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly SqliteTestStore _test;
    private readonly ModelScorer _scorer;

    private ScoringBench(SqliteTestStore test, FakeChat model, bool embeddings, PriorityOptions options)
    {
        _test = test;
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (_meter.Is(instrument.Meter))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _counts.AddOrUpdate($"{instrument.Name}{(tags.Length > 0 ? $" {tags[0].Value}" : "")}", value, (_, count) => count + value));
        _listener.Start();
        var instruments = new PriorityInstruments(_meter);
        var models = new ScoringModels(model, embeddings ? model : null);
        Hub.Changed += ids => Changed.AddRange(ids);
        Queue = new ScoringQueue(Parts.Options(options), instruments, models);
        Cache = new SharedScoreCache(TimeProvider.System, new ScoreCacheOptions());
        _scorer = new ModelScorer(Queue, Store.Scores, Cache, Hub, Parts.Options(options), TimeProvider.System, instruments, NullLogger<ModelScorer>.Instance, models);
    }

    public IStore Store => _test.Store;

    public SignalHub Hub { get; } = new(new FakeTransport(false), TimeProvider.System);

    public List<Guid> Changed { get; } = [];

    public ScoringQueue Queue { get; }

    public SharedScoreCache Cache { get; }

    public static async Task<ScoringBench> CreateAsync(FakeChat model, bool embeddings = false, PriorityOptions? options = null) =>
        new(await SqliteTestStore.CreateAsync(), model, embeddings, options ?? new PriorityOptions { CallsPerMinute = 10_000 });

    /// <summary>Submits tasks of these names and offers them to the scorer.</summary>
    public async Task<IReadOnlyList<Guid>> SubmitAsync(IEnumerable<string> names, string workspace = Workspace)
    {
        var tasks = names.Select(name => new NewTask { Id = Guid.CreateVersion7(), Action = "generation.text", Name = name }).ToArray();
        Assert.IsType<SubmissionResult.Accepted>(Assert.Single(await Store.Submissions.SubmitAsync([new Submission(workspace, tasks)], None)));
        Guid[] ids = [.. tasks.Select(task => task.Id)];
        Queue.Offer(ids);
        return ids;
    }

    public Task StartAsync() => _scorer.StartAsync(None);

    public async Task<TaskRecord> FindAsync(Guid id) => (await Store.Tasks.FindAsync(id, None))!;

    public async Task<IReadOnlyList<TaskRecord>> FindAllAsync(IEnumerable<Guid> ids) => await Task.WhenAll(ids.Select(FindAsync));

    /// <summary>What was counted, by the end of the metric's name and, where it has one, its label.</summary>
    public long Count(string metric) => _counts.GetValueOrDefault($"orchestrator_priority_{metric}");

    public Task WaitForAsync(string metric, long count) => Wait.UntilAsync(() => Count(metric) >= count);

    public async ValueTask DisposeAsync()
    {
        await _scorer.StopAsync(None).Soon();
        _scorer.Dispose();
        _listener.Dispose();
        _meter.Dispose();
        Assert.Equal([], await Store.Invariants.CheckAsync(None));
        await _test.DisposeAsync();
    }
}
