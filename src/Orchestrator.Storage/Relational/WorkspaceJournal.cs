using Orchestrator.Core.Webhooks;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// The events of workspaces. Every trip, reset, warning, pause and resumption passes through here, in the transaction in which it
/// happens, and on to the webhooks that want to know. The caller holds the workspace, so that its events are committed in their order.
/// </summary>
internal static class WorkspaceJournal
{
    public const string Paused = EventTypes.WorkspacePaused;
    public const string Resumed = EventTypes.WorkspaceResumed;
    public const string Tripped = EventTypes.FuseTripped;
    public const string Reset = EventTypes.FuseReset;
    public const string Warning = EventTypes.FuseWarning;

    public static async Task RecordAsync(Session session, long workspaceKey, string type, WorkspaceEventData? data)
    {
        await session.ExecuteAsync("count_workspace_event", Parameter.BigInteger("@key", workspaceKey)).ConfigureAwait(false);
        await session.ExecuteAsync(
            "insert_workspace_event",
            Parameter.BigInteger("@key", workspaceKey),
            Parameter.Text("@type", type),
            Parameter.Text("@data", data?.ToJson())).ConfigureAwait(false);
        await session.TellWorkspaceAsync(workspaceKey, type).ConfigureAwait(false);
    }
}
