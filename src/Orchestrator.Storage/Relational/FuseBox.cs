using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Relational;

/// <summary>Trips and closes fuses, pauses and resumes workspaces. The caller holds the workspace.</summary>
internal static class FuseBox
{
    /// <summary>Those that pause the workspace when they trip.</summary>
    private static readonly Fuse[] PausingFuses = [Fuse.AntiLoop, Fuse.Budget];

    /// <summary>Trips a fuse that is closed, and pauses its workspace where <paramref name="pauses"/>.</summary>
    public static async Task TripAsync(
        Session session, long workspaceKey, Fuse fuse, string reason, DateTimeOffset? until, bool pauses, WorkspaceEventData? details = null)
    {
        await session.ExecuteAsync(
            "trip_fuse",
            Parameter.BigInteger("@key", workspaceKey),
            Parameter.Text("@fuse", fuse.ToName()),
            Parameter.Time("@until", until),
            Parameter.Text("@reason", reason)).ConfigureAwait(false);
        var data = (details ?? new WorkspaceEventData()) with { Fuse = fuse.ToName(), Reason = reason, Until = until?.UtcDateTime };
        await WorkspaceJournal.RecordAsync(session, workspaceKey, WorkspaceJournal.Tripped, data).ConfigureAwait(false);
        if (pauses)
        {
            await PauseAsync(session, workspaceKey, until, fuse).ConfigureAwait(false);
        }
    }

    /// <summary>Closes a fuse; what it counted until now counts no more.</summary>
    public static async Task CloseAsync(Session session, long workspaceKey, Fuse fuse)
    {
        var wasTripped = (await ListTrippedAsync(session, workspaceKey).ConfigureAwait(false)).Contains(fuse);
        await session.ExecuteAsync(
            "close_fuse", Parameter.BigInteger("@key", workspaceKey), Parameter.Text("@fuse", fuse.ToName())).ConfigureAwait(false);
        if (wasTripped)
        {
            await WorkspaceJournal.RecordAsync(session, workspaceKey, WorkspaceJournal.Reset, WorkspaceEventData.Of(fuse)).ConfigureAwait(false);
        }
    }

    /// <summary>Pauses a workspace. The fuses that keep it paused close when it is resumed, so a pause by hand moves their end.</summary>
    /// <param name="by">The fuse; null for a pause by hand.</param>
    public static async Task PauseAsync(Session session, long workspaceKey, DateTimeOffset? until, Fuse? by)
    {
        if (by is null)
        {
            foreach (var fuse in PausingFuses)
            {
                await session.ExecuteAsync(
                    "move_fuse_end",
                    Parameter.BigInteger("@key", workspaceKey),
                    Parameter.Text("@fuse", fuse.ToName()),
                    Parameter.Time("@until", until)).ConfigureAwait(false);
            }
        }

        await session.ExecuteAsync(
            "pause_workspace",
            Parameter.BigInteger("@key", workspaceKey),
            Parameter.Flag("@paused", true),
            Parameter.Time("@until", until),
            Parameter.Text("@by", by?.ToName())).ConfigureAwait(false);
        var data = new WorkspaceEventData { Fuse = by?.ToName(), Until = until?.UtcDateTime };
        await WorkspaceJournal.RecordAsync(session, workspaceKey, WorkspaceJournal.Paused, data).ConfigureAwait(false);
    }

    /// <summary>Resumes a paused workspace and closes the fuses that keep it paused.</summary>
    public static async Task ResumeAsync(Session session, long workspaceKey)
    {
        foreach (var fuse in await ListTrippedAsync(session, workspaceKey).ConfigureAwait(false))
        {
            if (PausingFuses.Contains(fuse))
            {
                await CloseAsync(session, workspaceKey, fuse).ConfigureAwait(false);
            }
        }

        var resumed = await session.ExecuteAsync(
            "resume_workspace", Parameter.BigInteger("@key", workspaceKey), Parameter.Flag("@paused", false)).ConfigureAwait(false);
        if (resumed > 0)
        {
            await WorkspaceJournal.RecordAsync(session, workspaceKey, WorkspaceJournal.Resumed, null).ConfigureAwait(false);
        }
    }

    public static async Task<IReadOnlyList<Fuse>> ListTrippedAsync(Session session, long workspaceKey) =>
        await session.QueryAsync(
            "list_tripped", static row => FuseNames.Parse(row.Text("fuse"))!.Value, Parameter.BigInteger("@key", workspaceKey)).ConfigureAwait(false);
}
