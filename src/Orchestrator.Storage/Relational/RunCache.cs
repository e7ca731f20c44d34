using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Storage.Relational;

/// <summary>Answers of steps that may stand for those of later ones, as far as a transaction has to do with them.</summary>
internal sealed class RunCache(RunEngine engine, Session session)
{
    private readonly List<(EndedWork Work, long WorkspaceKey, ReadOnlyMemory<byte> Output, int Seconds)> _new = [];
    private Dictionary<Guid, string>? _hashes;

    /// <summary>What a piece of work would be answered by, in the cache.</summary>
    private readonly record struct Place(long WorkspaceKey, string Hash);

    /// <summary>Notes a task that ended, where its step is to be kept.</summary>
    public void Note(OpenRun run, EndedWork work, WorkOutcome outcome)
    {
        if (outcome.Output is { } output && !work.Key.IsCompensation
            && run.Definition.Steps.FirstOrDefault(step => step.Id == work.Key.Step) is { CacheSeconds: { } seconds, Action: not null })
        {
            _new.Add((work, run.Row.WorkspaceKey, output, seconds));
        }
    }

    /// <summary>Answers those of these that are known, to their runs; answers the others.</summary>
    public async Task<IReadOnlyList<(OpenRun Run, RunEffect.Start Start)>> AnswerAsync(IReadOnlyList<(OpenRun Run, RunEffect.Start Start)> starts, DateTimeOffset now)
    {
        var places = starts
            .Where(static start => start.Start.Request is { CacheSeconds: not null, Action: not null })
            .ToDictionary(static start => start, static start => new Place(start.Run.Row.WorkspaceKey, StepCacheEntry.HashOf(start.Start.Request.Action!, start.Start.Request.Input)));
        if (places.Count == 0)
        {
            return starts;
        }

        var rows = await session.QueryAsync(
            "find_cached",
            static row => (Place: new Place(row.BigInteger("workspace_key"), row.Text("hash")), Output: (ReadOnlyMemory<byte>)row.Bytes("output"), At: row.Time("created_at")),
            Parameter.BigIntegerList("@keys", [.. places.Values.Select(static place => place.WorkspaceKey).Distinct()]),
            Parameter.TextList("@hashes", [.. places.Values.Select(static place => place.Hash).Distinct()]),
            Parameter.Time("@now", now)).ConfigureAwait(false);
        var known = rows.ToDictionary(static row => row.Place);
        if (_new.Count > 0)
        {
            // What has ended in this very transaction is as good, and later.
            var hashes = await ReadHashesAsync().ConfigureAwait(false);
            foreach (var one in _new)
            {
                var place = new Place(one.WorkspaceKey, hashes[one.Work.TaskId]);
                known[place] = (place, one.Output, now);
            }
        }

        var rest = new List<(OpenRun, RunEffect.Start)>();
        foreach (var start in starts)
        {
            if (places.TryGetValue(start, out var place) && known.TryGetValue(place, out var row) && row.At.AddSeconds(start.Start.Request.CacheSeconds!.Value) > now)
            {
                start.Run.Add(new RunEvent.WorkEnded(start.Start.Key, new WorkOutcome(row.Output, null, IsCached: true)));
            }
            else
            {
                rest.Add(start);
            }
        }

        return rest;
    }

    /// <summary>Keeps what was noted.</summary>
    public async Task WriteAsync(DateTimeOffset now)
    {
        if (_new.Count == 0)
        {
            return;
        }

        var hashes = await ReadHashesAsync().ConfigureAwait(false);

        // In one order, so that two transactions with the same entries do not wait for each other in a circle.
        var entries = _new
            .Select(one => new StepCacheEntry(one.WorkspaceKey, hashes[one.Work.TaskId], one.Output, now.AddSeconds(one.Seconds)))
            .DistinctBy(static entry => (entry.WorkspaceKey, entry.Hash))
            .OrderBy(static entry => entry.WorkspaceKey)
            .ThenBy(static entry => entry.Hash, StringComparer.Ordinal)
            .ToList();
        await engine.Writer.WriteAsync(session, entries, now).ConfigureAwait(false);
    }

    /// <summary>What the inputs of the noted tasks are in the cache.</summary>
    private async Task<Dictionary<Guid, string>> ReadHashesAsync() => _hashes ??= (await session.QueryAsync(
        "find_inputs",
        static row => (Id: row.Id("id"), Hash: StepCacheEntry.HashOf(row.Text("action"), row.Bytes("input"))),
        Parameter.IdList("@ids", [.. _new.Select(static one => one.Work.TaskId)])).ConfigureAwait(false)).ToDictionary(static row => row.Id, static row => row.Hash);
}
