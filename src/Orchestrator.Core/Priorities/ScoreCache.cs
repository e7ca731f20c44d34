namespace Orchestrator.Core.Priorities;

/// <summary>
/// The semantic cache: scores by fingerprint, and by embedding where one is given. Time is passed in, and calls must not overlap.
/// Past its bounds it drops what would expire first, within a workspace what was not used for longest.
/// </summary>
public sealed class ScoreCache(ScoreCacheOptions options)
{
    private readonly Dictionary<Fingerprint, ScoreEntry> _entries = [];
    private readonly LinkedList<ScoreEntry> _byTime = [];
    private readonly Dictionary<string, LinkedList<ScoreEntry>> _byWorkspace = new(StringComparer.Ordinal);
    private long _vectorValues;

    public int Count => _entries.Count;

    /// <summary>The score of a task with this fingerprint, or null.</summary>
    public ScoreHit? Find(TaskFingerprint fingerprint, DateTimeOffset now)
    {
        // The scope stands in the key as well; comparing it costs nothing and rests on no hash.
        if (!_entries.TryGetValue(fingerprint.Key, out var entry) || entry.Fingerprint.Scope != fingerprint.Scope || IsExpired(entry, now))
        {
            return null;
        }

        Use(entry);
        return entry.Hit(similarity: 1);
    }

    /// <summary>
    /// The score of this fingerprint, or else of the task in the same scope with the same facts whose embedding is nearest and near
    /// enough, or null.
    /// </summary>
    public ScoreHit? FindNearest(TaskFingerprint fingerprint, ReadOnlySpan<float> vector, DateTimeOffset now)
    {
        if (Find(fingerprint, now) is { } exact)
        {
            return exact;
        }

        if (!_byWorkspace.TryGetValue(fingerprint.Scope.Workspace, out var entries) || UnitVector.Of(vector) is not { } unit)
        {
            return null;
        }

        ScoreEntry? nearest = null;
        var similarity = options.MinSimilarity;
        foreach (var entry in entries)
        {
            if (entry.Fingerprint.Facts != fingerprint.Facts || entry.Fingerprint.Scope != fingerprint.Scope
                || entry.Vector?.Length != unit.Length || IsExpired(entry, now))
            {
                continue;
            }

            var cosine = UnitVector.Dot(entry.Vector, unit);
            if (cosine >= similarity)
            {
                (nearest, similarity) = (entry, cosine);
            }
        }

        if (nearest is null)
        {
            return null;
        }

        Use(nearest);
        return nearest.Hit(Math.Min(1, similarity));
    }

    /// <summary>Keeps a score, in place of an older one of the same fingerprint.</summary>
    /// <param name="vector">The task's embedding; empty for none.</param>
    public void Put(TaskFingerprint fingerprint, int score, ReadOnlySpan<float> vector, DateTimeOffset now)
    {
        if (_entries.TryGetValue(fingerprint.Key, out var old))
        {
            Remove(old);
        }

        var entry = new ScoreEntry(fingerprint, score, UnitVector.Of(vector), now);
        if (!_byWorkspace.TryGetValue(fingerprint.Scope.Workspace, out var workspace))
        {
            _byWorkspace.Add(fingerprint.Scope.Workspace, workspace = []);
        }

        _entries.Add(fingerprint.Key, entry);
        entry.ByTime = _byTime.AddLast(entry);
        entry.ByUse = workspace.AddFirst(entry);
        _vectorValues += entry.Vector?.Length ?? 0;

        while (_byTime.First is { } first && IsExpired(first.Value, now))
        {
            Remove(first.Value);
        }

        while (workspace.Count > options.MaxEntriesPerWorkspace)
        {
            Remove(workspace.Last!.Value);
        }

        while (_entries.Count > options.MaxEntries || (_vectorValues > options.MaxVectorValues && _entries.Count > 0))
        {
            Remove(_byTime.First!.Value);
        }
    }

    /// <summary>Drops all scores of a workspace: it is gone, or its goal is another.</summary>
    public void Forget(string workspace)
    {
        while (_byWorkspace.TryGetValue(workspace, out var entries))
        {
            Remove(entries.First!.Value);
        }
    }

    private bool IsExpired(ScoreEntry entry, DateTimeOffset now) => now - entry.ScoredAt >= options.TimeToLive;

    private void Use(ScoreEntry entry)
    {
        var workspace = _byWorkspace[entry.Fingerprint.Scope.Workspace];
        workspace.Remove(entry.ByUse!);
        workspace.AddFirst(entry.ByUse!);
    }

    private void Remove(ScoreEntry entry)
    {
        var workspace = _byWorkspace[entry.Fingerprint.Scope.Workspace];
        _entries.Remove(entry.Fingerprint.Key);
        _byTime.Remove(entry.ByTime!);
        workspace.Remove(entry.ByUse!);
        _vectorValues -= entry.Vector?.Length ?? 0;
        if (workspace.Count == 0)
        {
            _byWorkspace.Remove(entry.Fingerprint.Scope.Workspace);
        }
    }
}
