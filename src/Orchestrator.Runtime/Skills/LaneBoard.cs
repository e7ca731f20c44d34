using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Execution;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Skills;

/// <summary>
/// Which lanes with skills this silo takes from. It takes only from those whose skills it declares, and leaves one to a silo
/// of higher proficiency for as long as that has a free slot, by its own report, and takes what is ready.
/// </summary>
public sealed class LaneBoard(TimeProvider timeProvider)
{
    /// <summary>The longest that ready tasks are left to a better silo that says it is free.</summary>
    public static readonly TimeSpan LongestDeferral = TimeSpan.FromSeconds(1);

    /// <summary>How long a lane is remembered in which nothing is ready.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LaneSighting> _sightings = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, DateTimeOffset> _idle = [];
    private volatile IReadOnlyList<LaneSighting> _open = [];
    private volatile bool _isInUse;

    /// <summary>Raised when a lane has ready tasks that this silo has only now begun to see, or to take.</summary>
    public event Action? Opened;

    /// <summary>Raised after this silo took tasks.</summary>
    public event Action? Taken;

    /// <summary>Whether tasks that name skills are about, as far as this process knows; until then nothing is looked for or told.</summary>
    public bool IsInUse => _isInUse;

    /// <summary>Whether ready tasks are, or were, left to others, so that the next look must come soon.</summary>
    public bool IsContested { get; private set; }

    /// <summary>Whether no lane is known.</summary>
    public bool IsEmpty => _sightings.Count == 0;

    public void SetInUse() => _isInUse = true;

    /// <summary>Puts the lanes that may be taken from beside their actions.</summary>
    /// <param name="actions">What the turn offers.</param>
    /// <param name="entries">The actions as they are now: a skill that is gone is not offered any more.</param>
    public IReadOnlyList<ActionCapacity> Widen(IReadOnlyList<ActionCapacity> actions, IReadOnlyDictionary<string, ActionEntry> entries)
    {
        var open = _open;
        return open.Count == 0 ? actions : [.. actions.Select(action => action with { Lanes = FindLanes(open, entries[action.Action]) })];
    }

    public void OnTaken() => Taken?.Invoke();

    /// <summary>Takes note of a look.</summary>
    /// <param name="ready">The lanes that may have ready tasks.</param>
    /// <param name="entries">The actions of this silo.</param>
    /// <param name="others">The other silos, as far as they have reported lately.</param>
    public void Update(IReadOnlyCollection<string> ready, IReadOnlyDictionary<string, ActionEntry> entries, IReadOnlyCollection<SiloRecord> others)
    {
        var now = timeProvider.GetTimestamp();
        var isNew = false;
        lock (_lock)
        {
            _isInUse |= ready.Count > 0;
            SeeNeedsLock(ready.ToHashSet(StringComparer.Ordinal), now);
            foreach (var gone in _idle.Keys.Except(others.Select(static silo => silo.Id)).ToList())
            {
                _idle.Remove(gone);
            }

            IsContested = false;
            foreach (var sighting in _sightings.Values)
            {
                var wasOpen = sighting.IsOpen;
                sighting.IsOpen = DecideNeedsLock(sighting, entries, others, now);
                isNew |= sighting is { IsOpen: true, ReadySince: { } since } && (since == now || !wasOpen);
            }

            _open = [.. _sightings.Values.Where(static sighting => sighting.IsOpen)];
        }

        if (isNew)
        {
            Opened?.Invoke();
        }
    }

    private static IReadOnlyList<string> FindLanes(IReadOnlyList<LaneSighting> open, ActionEntry entry) =>
        [.. open.Where(lane => lane.Action == entry.Name && Proficiency.Of(entry.Skills, lane.Skills) is not null).Select(static lane => lane.Lane)];

    private void SeeNeedsLock(HashSet<string> ready, long now)
    {
        foreach (var lane in ready)
        {
            if (!_sightings.TryGetValue(lane, out var sighting))
            {
                _sightings.Add(lane, sighting = new LaneSighting(lane));
            }

            sighting.ReadySince ??= now;
            sighting.LastReady = now;
        }

        foreach (var sighting in _sightings.Values.Where(sighting => !ready.Contains(sighting.Lane)).ToList())
        {
            sighting.ReadySince = null;
            if (timeProvider.GetElapsedTime(sighting.LastReady, now) > KeptFor)
            {
                _sightings.Remove(sighting.Lane);
            }
        }
    }

    /// <summary>Whether to take from a lane; one that nobody does better also while nothing is seen to be ready in it.</summary>
    private bool DecideNeedsLock(LaneSighting lane, IReadOnlyDictionary<string, ActionEntry> entries, IReadOnlyCollection<SiloRecord> others, long now)
    {
        if (!entries.TryGetValue(lane.Action, out var own) || !own.IsServable || Proficiency.Of(own.Skills, lane.Skills) is not { } proficiency)
        {
            return false;
        }

        var better = others.Where(silo => IsBetterNeedsLock(silo, lane, proficiency)).ToList();
        if (better.Count == 0 || lane.ReadySince is not { } since)
        {
            return better.Count == 0;
        }

        IsContested = true;
        var free = better.FindAll(silo => silo.Actions.Any(action => action.Name == lane.Action && action.Free > 0));
        if (free.Count == 0)
        {
            return true;
        }

        if (timeProvider.GetElapsedTime(since, now) < LongestDeferral)
        {
            return false;
        }

        // They say that they are free and do not take what is ready; nobody waits for them again before they have reported anew.
        foreach (var silo in free)
        {
            _idle[silo.Id] = silo.HeartbeatAt;
        }

        return true;
    }

    private bool IsBetterNeedsLock(SiloRecord silo, LaneSighting lane, double proficiency) =>
        !silo.Draining
        && !(_idle.TryGetValue(silo.Id, out var reportedAt) && reportedAt == silo.HeartbeatAt)
        && silo.Actions.Any(action => action.Name == lane.Action
            && action is { UnavailableReason: null, Skills: { } skills }
            && Proficiency.Of(skills, lane.Skills) > proficiency);
}
