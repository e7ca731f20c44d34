using Microsoft.Extensions.Logging;
using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Priorities;

/// <summary>
/// Brings one task's score about: from the cache, else from the cache by the nearest embedding, else from the model; within a time
/// limit, and without ever throwing for what the models do.
/// </summary>
internal sealed partial class ScoreJudge(
    ScoringModels models, SharedScoreCache cache, TimeSpan timeLimit, TimeProvider timeProvider, PriorityInstruments instruments, ILogger logger)
{
    /// <summary>How long a provider is left alone that refused for its rate and did not say.</summary>
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);

    private readonly ILogger _logger = logger;
    private long _closedUntil;
    private volatile bool _failing;
    private volatile bool _notEmbedding;

    public async Task<ScoreVerdict> JudgeAsync(ScoreFlight flight, CancellationToken cancellationToken)
    {
        // It may have been scored between the first look and the start of this.
        if (cache.Find(flight.Fingerprint) is { } scored)
        {
            return new ScoreVerdict.Shared(scored);
        }

        if (timeProvider.GetUtcNow().UtcTicks < Interlocked.Read(ref _closedUntil))
        {
            return new ScoreVerdict.Failed(ScoreFallbacks.RateLimited);
        }

        using var limit = new CancellationTokenSource(timeLimit, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await AskAsync(flight, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail(ScoreFallbacks.Timeout, $"It did not answer within {timeLimit.TotalSeconds:0.###} s.");
        }
        catch (ModelException exception)
        {
            if (exception.Failure == ModelFailure.RateLimited)
            {
                Close(exception.RetryAfter);
            }

            return Fail(ScoreFallbacks.Of(exception.Failure), exception.Message);
        }
    }

    private async Task<ScoreVerdict> AskAsync(ScoreFlight flight, CancellationToken cancellationToken)
    {
        var shown = ScorePrompt.Of(flight.Subject);
        var vector = models.Embedding is { } embedding ? await EmbedAsync(embedding, shown, cancellationToken).ConfigureAwait(false) : default;
        if (!vector.IsEmpty && cache.FindNearest(flight.Fingerprint, vector.Span) is { } near)
        {
            return new ScoreVerdict.Shared(near);
        }

        var answer = await CallAsync(
            "chat",
            models.Chat.AnswerAsync(ChatOf(shown), onText: null, cancellationToken),
            static answer => answer.Usage,
            cancellationToken).ConfigureAwait(false);
        if (ScorePrompt.ReadScore(answer.Text) is not { } score)
        {
            return Fail(ScoreFallbacks.InvalidAnswer, "It answered no priority_score from 0 to 1000.");
        }

        cache.Put(flight.Fingerprint, score, vector.Span);
        if (_failing)
        {
            _failing = false;
            LogAnswering(models.Chat.Name);
        }

        return new ScoreVerdict.Judged(score);
    }

    private static Chat ChatOf(string shown) =>
        new([new ChatMessage(ChatRole.System, ScorePrompt.Instructions), new ChatMessage(ChatRole.User, shown)]) { AnswersJson = true };

    /// <summary>The embedding, or nothing where it fails: then the model is asked without.</summary>
    private async Task<ReadOnlyMemory<float>> EmbedAsync(IEmbeddingModel embedding, string text, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await CallAsync("embedding", embedding.EmbedAsync([text], cancellationToken), static answer => answer.Usage, cancellationToken).ConfigureAwait(false);
            _notEmbedding = false;
            return answer.Vectors[0];
        }
        catch (ModelException exception)
        {
            if (!_notEmbedding)
            {
                _notEmbedding = true;
                LogNotEmbedding(embedding.Name, exception.Message);
            }

            return default;
        }
    }

    private async Task<T> CallAsync<T>(string model, Task<T> call, Func<T, TaskUsage?> usageOf, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        try
        {
            // Does not rest on the provider's code to heed the time limit.
            var answer = await call.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (usageOf(answer)?.Bounded() is { } usage)
            {
                instruments.OnUsed(usage.InputTokens, usage.OutputTokens);
            }

            return answer;
        }
        finally
        {
            instruments.OnCalled(model, timeProvider.GetElapsedTime(started));
        }
    }

    private void Close(TimeSpan? retryAfter)
    {
        var pause = retryAfter ?? DefaultRetryAfter;
        Interlocked.Exchange(ref _closedUntil, (timeProvider.GetUtcNow() + (pause < LongestRetryAfter ? pause : LongestRetryAfter)).UtcTicks);
    }

    private ScoreVerdict.Failed Fail(string reason, string problem)
    {
        if (!_failing)
        {
            _failing = true;
            LogFailing(models.Chat.Name, reason, problem);
        }

        return new ScoreVerdict.Failed(reason);
    }
}
