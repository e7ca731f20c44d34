using System.Globalization;
using Orchestrator.Cli.Output;
using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Workers.Generation;

namespace Orchestrator.Cli.Doctors;

/// <summary>Looks at a gateway and what stands behind it, and says what is wrong and how to mend it.</summary>
internal sealed class Doctor(OrchestratorClient client, ClockWatch clock, Uri address)
{
    private const int Told = 5;
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(3);

    public async IAsyncEnumerable<DoctorCheck> ExamineAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var service = await client.GetServiceAsync(cancellationToken);
        yield return DoctorCheck.Ok("reachable", $"{service.Name} answers at {address}");
        yield return Version(service.Version);
        yield return Clock();
        yield return await client.IsReadyAsync(cancellationToken)
            ? DoctorCheck.Ok("ready", "its store answers with a current schema, and nothing drains")
            : DoctorCheck.Fail("ready", "it drains, or its store does not answer with a current schema", "Look into the gateway's log; orc db status says where the schema stands.");

        // What follows needs a key where keys are asked for.
        var stats = await client.GetStatsAsync(cancellationToken: cancellationToken);
        var silos = await ListAsync(client.Silos.ListAsync(cancellationToken));
        yield return Silos(silos);
        foreach (var check in Actions(silos).Append(Backlog(stats, await client.GetBacklogAsync(cancellationToken))))
        {
            yield return check;
        }

        yield return Workspaces(await ListAsync(client.Workspaces.ListAsync(cancellationToken: cancellationToken)));
    }

    private static DoctorCheck Version(string theirs)
    {
        var ours = typeof(Doctor).Assembly.GetName().Version!.ToString(3);
        return theirs == ours
            ? DoctorCheck.Ok("version", $"{theirs}, like this orc")
            : DoctorCheck.Warn("version", $"{theirs}; this orc is {ours}", "Use the orc of the gateway's version.");
    }

    private DoctorCheck Clock() => clock.Ahead switch
    {
        null => DoctorCheck.Warn("clock", "the gateway's answers tell no time", "Let the proxy in front of it pass the Date header."),
        { } ahead when ahead.Duration() > Tolerated => DoctorCheck.Warn(
            "clock",
            $"this machine is {Texts.Of(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the gateway",
            "Set both clocks by NTP: times given to orc mean other moments there."),
        _ => DoctorCheck.Ok("clock", "this machine and the gateway agree within a few seconds"),
    };

    private static DoctorCheck Silos(List<SiloResponse> silos)
    {
        var active = silos.Where(silo => silo.State == "active").ToList();
        var lost = silos.Where(silo => silo.State == "lost").ToList();
        var slots = string.Create(CultureInfo.InvariantCulture, $"{active.Count} active with {active.Sum(silo => silo.Slots)} slots, {active.Sum(silo => silo.Busy)} of them busy");
        return active.Count == 0 ? DoctorCheck.Fail("silos", "none is active, so nothing runs", "Start a silo, or the gateway with Silo__Embedded=true.")
            : lost.Count > 0 ? DoctorCheck.Warn("silos", $"{slots}; lost: {Names(lost.Select(silo => silo.Name))}", "Look at what became of them; they are forgotten by themselves.")
            : DoctorCheck.Ok("silos", slots);
    }

    /// <summary>Actions that somebody knows and nobody can serve, a pool without its Python among them.</summary>
    private static IEnumerable<DoctorCheck> Actions(List<SiloResponse> silos)
    {
        var offers = silos.Where(silo => silo.State != "lost").SelectMany(silo => silo.Actions).GroupBy(offer => offer.Action).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var dead = offers.Where(group => group.All(offer => offer.UnavailableReason is not null)).ToList();
        yield return DoctorCheck.Ok("actions", $"served: {Names(offers.Except(dead).Select(group => group.Key), int.MaxValue)}");
        var unset = dead.Where(group => group.All(offer => offer.UnavailableReason!.StartsWith(GenerationOptions.NoModel, StringComparison.Ordinal))).ToList();
        if (unset.Count > 0)
        {
            yield return DoctorCheck.Ok("actions", $"not served, as no model is configured for them: {Names(unset.Select(group => group.Key))}");
        }

        foreach (var group in dead.Except(unset).GroupBy(group => Names(group.Select(offer => offer.UnavailableReason!).Distinct()), group => group.Key))
        {
            yield return DoctorCheck.Warn("actions", $"{Names(group)} cannot be served: {group.Key}", "Mend what the reason names, on a silo that should serve it.");
        }
    }

    private static DoctorCheck Backlog(StatsResponse stats, BacklogResponse backlog)
    {
        if (backlog.Unservable.Count > 0)
        {
            var actions = Names(backlog.Unservable.Select(action => string.Create(CultureInfo.InvariantCulture, $"{action.Value} of {action.Key}")));
            return DoctorCheck.Fail("backlog", $"ready tasks wait that no silo serves: {actions}", "Start a silo that serves them; orc task why says it of one task.");
        }

        var queued = stats.Tasks.GetValueOrDefault(TaskStatuses.Queued);
        return queued > 0 && stats.Busy == 0
            ? DoctorCheck.Warn("backlog", string.Create(CultureInfo.InvariantCulture, $"{queued} tasks are queued and none runs"), "orc task list --status queued names them, orc task why says what one of them waits for.")
            : DoctorCheck.Ok("backlog", string.Create(CultureInfo.InvariantCulture, $"{queued} tasks queued, {stats.Tasks.GetValueOrDefault(TaskStatuses.Processing)} running"));
    }

    private static DoctorCheck Workspaces(List<WorkspaceResponse> workspaces)
    {
        var stopped = workspaces.Where(workspace => workspace.PausedBy is not null).Select(workspace => $"{workspace.Id} ({workspace.PausedBy})").ToList();
        return stopped.Count > 0
            ? DoctorCheck.Warn("workspaces", $"paused by a fuse: {Names(stopped)}", "orc workspace events says why, orc workspace fuse-reset closes the fuse.")
            : DoctorCheck.Ok("workspaces", string.Create(CultureInfo.InvariantCulture, $"{workspaces.Count}, {workspaces.Count(workspace => workspace.Paused)} paused by hand, none by a fuse"));
    }

    private static string Names(IEnumerable<string> names, int most = Told)
    {
        var all = names.ToList();
        return all.Count == 0 ? "none" : string.Join(", ", all.Take(most)) + (all.Count > most ? $" and {all.Count - most} more" : "");
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }
}
