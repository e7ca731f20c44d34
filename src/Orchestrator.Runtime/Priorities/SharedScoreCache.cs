using Orchestrator.Core.Priorities;

namespace Orchestrator.Runtime.Priorities;

/// <summary>The semantic cache of one process: <see cref="ScoreCache"/> for many threads, on the process's clock.</summary>
public sealed class SharedScoreCache(TimeProvider timeProvider, ScoreCacheOptions options)
{
    private readonly Lock _lock = new();
    private readonly ScoreCache _cache = new(options);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _cache.Count;
            }
        }
    }

    /// <inheritdoc cref="ScoreCache.Find"/>
    public ScoreHit? Find(TaskFingerprint fingerprint)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            return _cache.Find(fingerprint, now);
        }
    }

    /// <inheritdoc cref="ScoreCache.FindNearest"/>
    public ScoreHit? FindNearest(TaskFingerprint fingerprint, ReadOnlySpan<float> vector)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            return _cache.FindNearest(fingerprint, vector, now);
        }
    }

    /// <inheritdoc cref="ScoreCache.Put"/>
    public void Put(TaskFingerprint fingerprint, int score, ReadOnlySpan<float> vector = default)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            _cache.Put(fingerprint, score, vector, now);
        }
    }

    /// <inheritdoc cref="ScoreCache.Forget"/>
    public void Forget(string workspace)
    {
        lock (_lock)
        {
            _cache.Forget(workspace);
        }
    }
}
