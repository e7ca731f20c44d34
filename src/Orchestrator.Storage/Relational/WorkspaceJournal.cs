namespace Orchestrator.Storage.Relational;

/// <summary>
/// The events of workspaces. Every trip, reset, warning, pause and resumption passes through here, in the transaction in which it
/// happens. The caller holds the workspace, so that its events are committed in their order.
/// </summary>
internal static class WorkspaceJournal
{
    public const string Paused = "workspace.paused";
    public const string Resumed = "workspace.resumed";
    public const string Tripped = "fuse.tripped";
    public const string Reset = "fuse.reset";
    public const string Warning = "fuse.warning";

    public static async Task RecordAsync(Session session, long workspaceKey, string type, WorkspaceEventData? data)
    {
        await session.ExecuteAsync("count_workspace_event", Parameter.BigInteger("@key", workspaceKey)).ConfigureAwait(false);
        await session.ExecuteAsync(
            "insert_workspace_event",
            Parameter.BigInteger("@key", workspaceKey),
            Parameter.Text("@type", type),
            Parameter.Text("@data", data?.ToJson())).ConfigureAwait(false);
    }
}
