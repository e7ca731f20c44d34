using Orchestrator.Client;
using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Cli.LoadTests;

/// <summary>Waits until somebody serves an action; without that, every request would wait for its time limit and say nothing.</summary>
internal static class ActionReadiness
{
    /// <summary>How long worker processes may take to start.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long any other reason must hold: a silo that has only just started may not have told what it serves.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task WaitAsync(OrchestratorClient client, string action, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        while (true)
        {
            var silos = new List<SiloResponse>();
            await foreach (var silo in client.Silos.ListAsync(cancellationToken))
            {
                silos.Add(silo);
            }

            var offers = silos.Where(silo => silo.State == "active").SelectMany(silo => silo.Actions).Where(offer => offer.Action == action).ToList();
            if (offers.Any(offer => offer.UnavailableReason is null))
            {
                return;
            }

            var isStarting = offers.Any(offer => offer.UnavailableReason!.Contains("starting", StringComparison.Ordinal));
            if (time.GetElapsedTime(began) > (isStarting ? StartTimeout : Patience))
            {
                throw new CliException(CliExitCodes.Unavailable, Why(action, silos, offers));
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static string Why(string action, List<SiloResponse> silos, List<SiloActionResponse> offers)
    {
        if (offers.Count > 0)
        {
            return $"Nobody can serve {action} now: {string.Join("; ", offers.Select(offer => offer.UnavailableReason).Distinct())}.";
        }

        var known = silos.SelectMany(silo => silo.Actions).Select(offer => offer.Action).Distinct().Order(StringComparer.Ordinal).ToList();
        return known.Count == 0 ? $"There is no silo that could serve {action}." : $"No silo serves {action}; served are {string.Join(", ", known)}.";
    }
}
