namespace Orchestrator.Core.Priorities;

/// <summary>One score in the cache, with its places in the two orders.</summary>
internal sealed class ScoreEntry(TaskFingerprint fingerprint, int score, float[]? vector, DateTimeOffset scoredAt)
{
    public TaskFingerprint Fingerprint => fingerprint;

    public int Score => score;

    public float[]? Vector => vector;

    public DateTimeOffset ScoredAt => scoredAt;

    /// <summary>Among all, by the time of scoring.</summary>
    public LinkedListNode<ScoreEntry>? ByTime { get; set; }

    /// <summary>In its workspace, by the time of the last use.</summary>
    public LinkedListNode<ScoreEntry>? ByUse { get; set; }

    public ScoreHit Hit(double similarity) => new(score, scoredAt, similarity, fingerprint.CanonicalForm);
}
