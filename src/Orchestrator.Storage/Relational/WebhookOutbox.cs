using Orchestrator.Core.Tasks;
using Orchestrator.Core.Webhooks;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Writes down what webhooks are to be told, in the transaction that makes it so. Where no webhook wants to know, nothing is
/// written; that is seen by statements that run anyway.
/// </summary>
internal static class WebhookOutbox
{
    /// <summary>Stands for all workspaces where a workspace's key is expected.</summary>
    public const long EveryWorkspace = 0;

    /// <summary>Finds by their types the webhooks that want to know of one.</summary>
    public static string PatternOf(string type) => $"%\"{type}\"%";

    public static Parameter TypePattern(string type) => Parameter.Text("@type_pattern", PatternOf(type));

    /// <summary>Tells of the end of tasks that this transaction has moved to the finished ones.</summary>
    public static Task TellEndsAsync(this Session session, IReadOnlyCollection<Guid> ids, TaskState state, string? data)
    {
        var type = EventTypes.OfEnd(state);
        return session.ExecuteAsync(
            "tell_ends",
            Parameter.IdList("@ids", ids),
            Parameter.Text("@type", type),
            Parameter.Text("@data", data),
            TypePattern(type));
    }

    /// <summary>Tells of the latest event in the journal of a workspace, written in this transaction by whoever holds the workspace.</summary>
    public static async Task TellWorkspaceAsync(this Session session, long workspaceKey, string type)
    {
        var key = Parameter.BigInteger("@key", workspaceKey);
        var id = await session.FindAsync<Guid?>("find_told", static row => row.Id("id"), key, TypePattern(type)).ConfigureAwait(false);
        if (id is not null)
        {
            await session.ExecuteAsync("tell_workspace", key, Parameter.Text("@event_id", id.ToString()), TypePattern(type)).ConfigureAwait(false);
        }
    }
}
