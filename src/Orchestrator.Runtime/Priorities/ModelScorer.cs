using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Priorities;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Priorities;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Priorities;

/// <summary>
/// Gives pending tasks the scores of a model, beside submission and dispatch and never in their way: everything here is bounded, and
/// whatever fails leaves the heuristic's score.
/// </summary>
public sealed partial class ModelScorer : BackgroundService
{
    /// <summary>
    /// How long a task waits to be looked at. What starts before costs no call; and with <see cref="MaxLook"/> it bounds the work
    /// of looking to 2,000 tasks a second.
    /// </summary>
    private static readonly TimeSpan LookDelay = TimeSpan.FromMilliseconds(100);

    private const int MaxLook = 200;

    /// <summary>How many of those whom a scoring will serve are looked at once more before it is paid for.</summary>
    private const int MaxLookAgain = 20;

    private readonly ScoringQueue _queue;
    private readonly IScoreStore _scores;
    private readonly SharedScoreCache _cache;
    private readonly SignalHub _hub;
    private readonly TimeProvider _timeProvider;
    private readonly PriorityInstruments _instruments;
    private readonly ILogger<ModelScorer> _logger;
    private readonly ScoringModels? _models;
    private readonly PriorityOptions _options;
    private readonly ScoringBudget _budget;
    private readonly ScoreFlights _flights = new();
    private readonly Channel<ScoreFlight> _started = Channel.CreateUnbounded<ScoreFlight>();

    public ModelScorer(
        ScoringQueue queue,
        IScoreStore scores,
        SharedScoreCache cache,
        SignalHub hub,
        IOptions<PriorityOptions> options,
        TimeProvider timeProvider,
        PriorityInstruments instruments,
        ILogger<ModelScorer> logger,
        ScoringModels? models = null)
    {
        _queue = queue;
        _scores = scores;
        _cache = cache;
        _hub = hub;
        _timeProvider = timeProvider;
        _instruments = instruments;
        _logger = logger;
        _models = models;
        _options = options.Value;
        _budget = new ScoringBudget(_options.CallsPerMinute, timeProvider);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_models is null)
        {
            return;
        }

        var judge = new ScoreJudge(_models, _cache, _options.TimeLimit, _timeProvider, _instruments, _logger);
        var workers = Enumerable.Range(0, _options.Concurrency).Select(_ => ScoreUntilStoppedAsync(judge, stoppingToken));
        await Task.WhenAll([LookUntilStoppedAsync(stoppingToken), .. workers]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LookUntilStoppedAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await _queue.WaitAsync(cancellationToken).ConfigureAwait(false);
            await _timeProvider.PauseAsync(LookDelay, cancellationToken).ConfigureAwait(false);
            var ids = _queue.Take(MaxLook);
            try
            {
                var hits = new List<ScoreUpdate>();
                foreach (var task in await _scores.ReadPendingAsync(ids, cancellationToken).ConfigureAwait(false))
                {
                    if (task.ScoreSource == ScoreSource.Heuristic && Look(task) is { } hit)
                    {
                        hits.Add(hit);
                    }
                }

                await WriteAsync(hits, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogStoreFailed(exception);
                _instruments.OnFallback(ScoreFallbacks.Store, ids.Count);
            }
        }
    }

    /// <summary>The score that another task has had, or null when there is none; then one is on its way, or will not come.</summary>
    private ScoreUpdate? Look(ScorableTask task)
    {
        var subject = SubjectOf(task);
        var fingerprint = TaskFingerprint.Of(subject);
        if (_cache.Find(fingerprint) is { } hit)
        {
            _instruments.OnCacheHit("fingerprint");
            return Shared(task, hit);
        }

        switch (_flights.TryJoin(fingerprint, task))
        {
            case true:
                _instruments.OnCacheHit("flight");
                return null;
            case false:
                _instruments.OnFallback(ScoreFallbacks.QueueFull, 1);
                return null;
        }

        _instruments.OnCacheMiss();
        if (_flights.IsFull)
        {
            _instruments.OnFallback(ScoreFallbacks.QueueFull, 1);
        }
        else if (!_budget.TrySpend(task.Workspace))
        {
            _instruments.OnFallback(ScoreFallbacks.OverBudget, 1);
        }
        else
        {
            var flight = new ScoreFlight(fingerprint, subject, task);
            _flights.Start(flight);
            _started.Writer.TryWrite(flight);
        }

        return null;
    }

    private async Task ScoreUntilStoppedAsync(ScoreJudge judge, CancellationToken cancellationToken)
    {
        await foreach (var flight in _started.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            ScoreVerdict verdict;
            try
            {
                verdict = await IsWantedAsync(flight, cancellationToken).ConfigureAwait(false)
                    ? await judge.JudgeAsync(flight, cancellationToken).ConfigureAwait(false)
                    : new ScoreVerdict.Failed(ScoreFallbacks.Late);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogScoringFailed(exception);
                verdict = new ScoreVerdict.Failed(ScoreFallbacks.Store);
            }

            var tasks = _flights.End(flight);
            try
            {
                await WriteAsync(UpdatesOf(verdict, tasks), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogStoreFailed(exception);
                _instruments.OnFallback(ScoreFallbacks.Store, tasks.Count);
            }
        }
    }

    /// <summary>Whether any task that it would serve still waits: what has started meanwhile needs no score.</summary>
    private async Task<bool> IsWantedAsync(ScoreFlight flight, CancellationToken cancellationToken)
    {
        var newest = _flights.Peek(flight).TakeLast(MaxLookAgain).Select(task => task.Id).ToArray();
        return (await _scores.ReadPendingAsync(newest, cancellationToken).ConfigureAwait(false)).Count > 0;
    }

    private List<ScoreUpdate> UpdatesOf(ScoreVerdict verdict, IReadOnlyList<ScorableTask> tasks)
    {
        switch (verdict)
        {
            case ScoreVerdict.Judged judged:
                var reason = new ScoreReason("model", judged.Score) { Model = _models!.Chat.Name };
                var shared = new ScoreReason("cache", judged.Score) { Model = _models.Chat.Name, Similarity = 1 };
                return [.. tasks.Select((task, index) => index == 0
                    ? new ScoreUpdate(task, judged.Score, ScoreSource.Model, reason)
                    : new ScoreUpdate(task, judged.Score, ScoreSource.Cache, shared))];
            case ScoreVerdict.Shared { Hit: var hit }:
                _instruments.OnCacheHit(hit.Similarity < 1 ? "embedding" : "fingerprint");
                return [.. tasks.Select(task => Shared(task, hit))];
            default:
                _instruments.OnFallback(((ScoreVerdict.Failed)verdict).Reason, tasks.Count);
                return [];
        }
    }

    private async Task WriteAsync(List<ScoreUpdate> updates, CancellationToken cancellationToken)
    {
        if (updates.Count == 0)
        {
            return;
        }

        var changed = await _scores.ApplyAsync(updates, cancellationToken).ConfigureAwait(false);
        var written = changed.ToHashSet();
        foreach (var update in updates)
        {
            if (written.Contains(update.Task.Id))
            {
                _instruments.OnScored(update.Source);
            }
            else
            {
                _instruments.OnFallback(ScoreFallbacks.Late, 1);
            }
        }

        _hub.SignalChanged(changed);
    }

    private ScoreUpdate Shared(ScorableTask task, ScoreHit hit) => new(
        task, hit.Score, ScoreSource.Cache, new ScoreReason("cache", hit.Score) { Model = _models!.Chat.Name, Similarity = Math.Round(hit.Similarity, 3) });

    private static ScoringSubject SubjectOf(ScorableTask task) => new()
    {
        Workspace = task.Workspace,
        Goal = task.Goal,
        Action = task.Action,
        Name = task.Name,
        Description = task.Description,
        Content = TaskText.ContentOf(task.InputHead),
        Dependencies = [.. task.DependsOn.Select(static id => id.ToString())],
    };
}
