using Orchestrator.Storage.Silos;

namespace Orchestrator.Runtime.Remote;

/// <summary>The remote workers that asked this process for tasks lately, by what they offer.</summary>
public sealed class RemoteSightings(TimeProvider timeProvider)
{
    /// <summary>For how long after its last request a worker counts as there.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    /// <summary>How many different offers are remembered.</summary>
    private const int MaxOffers = 1_000;

    /// <summary>How many actions, each with its skills, are told of at most; of more, those of the offers that were seen last.</summary>
    private const int MaxDescribed = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sighting> _sightings = new(StringComparer.Ordinal);

    private sealed class Sighting(RemoteOffer offer)
    {
        public RemoteOffer Offer => offer;
        public long LastSeen { get; set; }

        /// <summary>Slots of those that wait now.</summary>
        public int Waiting { get; set; }

        /// <summary>Slots that the last one to be answered was left with.</summary>
        public int Left { get; set; }

        public int Free => Waiting > 0 ? Waiting : Left;
    }

    /// <summary>Raised when somebody is there whose offer was not known.</summary>
    public event Action? Appeared;

    public void OnAsked(RemoteOffer offer)
    {
        var key = offer.ToKey();
        bool isNew;
        lock (_lock)
        {
            isNew = !_sightings.TryGetValue(key, out var sighting);
            if (isNew)
            {
                if (_sightings.Count >= MaxOffers)
                {
                    return;
                }

                _sightings.Add(key, sighting = new Sighting(offer));
            }

            sighting!.LastSeen = timeProvider.GetTimestamp();
            sighting.Waiting += offer.Slots;
        }

        if (isNew)
        {
            Appeared?.Invoke();
        }
    }

    public void OnAnswered(RemoteOffer offer, int given)
    {
        lock (_lock)
        {
            if (_sightings.TryGetValue(offer.ToKey(), out var sighting))
            {
                sighting.LastSeen = timeProvider.GetTimestamp();
                sighting.Waiting = Math.Max(0, sighting.Waiting - offer.Slots);
                sighting.Left = Math.Max(0, offer.Slots - given);
            }
        }
    }

    /// <summary>How many tasks they could take now, and which actions they serve; null when none has asked lately.</summary>
    internal (int Free, IReadOnlyList<SiloAction> Actions)? Describe(RemoteActions actions)
    {
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            foreach (var (key, sighting) in _sightings)
            {
                if (sighting.Waiting == 0 && timeProvider.GetElapsedTime(sighting.LastSeen, now) > KeptFor)
                {
                    _sightings.Remove(key);
                }
            }

            return _sightings.Count == 0
                ? null
                : (_sightings.Values.Sum(static sighting => sighting.Free), DescribeNeedsLock(actions));
        }
    }

    private IEnumerable<Sighting> NewestNeedsLock()
    {
        var described = 0;
        return _sightings.Values
            .OrderByDescending(static sighting => sighting.LastSeen)
            .TakeWhile(sighting => (described += sighting.Offer.Actions.Count * (1 + sighting.Offer.Skills.Count)) <= MaxDescribed);
    }

    private List<SiloAction> DescribeNeedsLock(RemoteActions actions) =>
    [
        .. NewestNeedsLock()
            .SelectMany(static sighting => sighting.Offer.Actions, static (sighting, action) => (Action: action, Sighting: sighting))
            .GroupBy(static pair => pair.Action, static pair => pair.Sighting, StringComparer.Ordinal)
            .Select(group =>
            {
                var skills = group.SelectMany(static sighting => sighting.Offer.Skills)
                    .GroupBy(static skill => skill.Key, static skill => skill.Value, StringComparer.Ordinal)
                    .ToDictionary(static skill => skill.Key, static skill => skill.Max(), StringComparer.Ordinal);
                return new SiloAction(group.Key, group.Max(static sighting => sighting.Offer.Slots))
                {
                    MaxCost = actions.Find(group.Key).MaxCost,
                    Skills = skills.Count == 0 ? null : skills,
                    Free = skills.Count == 0 ? null : group.Sum(static sighting => sighting.Free),
                };
            }),
    ];
}
