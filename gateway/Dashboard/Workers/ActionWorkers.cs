using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Gateway.Dashboard.Workers;

/// <summary>Who serves an action.</summary>
/// <param name="Serving">The silos that take tasks of it.</param>
/// <param name="Refusing">Those that know it and cannot serve it now.</param>
/// <param name="Unserved">How many of its tasks wait for somebody who serves it.</param>
internal sealed record ActionWorkers(string Action, IReadOnlyList<SiloResponse> Serving, IReadOnlyList<SiloResponse> Refusing, long Unserved)
{
    /// <summary>How many attempts of it can run at the same time, as far as slots are free.</summary>
    public int Concurrency => Serving.Sum(silo => Of(silo).Concurrency);

    /// <summary>Why silos cannot serve it, each reason once.</summary>
    public IReadOnlyList<(string Reason, IReadOnlyList<string> Silos)> Reasons =>
        [.. Refusing.GroupBy(silo => Of(silo).UnavailableReason!).Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Select(silo => silo.Name)]))];

    /// <summary>What its workers are good at; of each skill the best.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Skills =>
    [
        .. Serving.SelectMany(silo => Of(silo).Skills ?? new Dictionary<string, double>())
            .GroupBy(skill => skill.Key)
            .Select(group => KeyValuePair.Create(group.Key, group.Max(skill => skill.Value)))
            .OrderByDescending(skill => skill.Value),
    ];

    /// <summary>Every action that a silo which is there knows, or of which tasks wait: first those that nobody serves, then by name.</summary>
    /// <param name="unserved">Tasks that wait for somebody who serves them, by action.</param>
    public static IReadOnlyList<ActionWorkers> Of(IEnumerable<SiloResponse> silos, IReadOnlyDictionary<string, long> unserved)
    {
        var known = silos.Where(silo => silo.State == "active")
            .SelectMany(silo => silo.Actions.Select(action => (Silo: silo, Action: action)))
            .ToLookup(entry => entry.Action.Action);
        return
        [
            .. known.Select(group => group.Key).Union(unserved.Keys)
                .Select(action => new ActionWorkers(
                    action,
                    [.. known[action].Where(entry => entry.Action.UnavailableReason is null).Select(entry => entry.Silo)],
                    [.. known[action].Where(entry => entry.Action.UnavailableReason is not null).Select(entry => entry.Silo)],
                    unserved.GetValueOrDefault(action)))
                .OrderBy(workers => workers.Serving.Count > 0)
                .ThenBy(workers => workers.Action, StringComparer.Ordinal),
        ];
    }

    private SiloActionResponse Of(SiloResponse silo) => silo.Actions.First(action => action.Action == Action);
}
