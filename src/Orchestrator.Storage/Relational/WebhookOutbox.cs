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

    /// <summary>
    /// Tells of an event of a workspace itself. The caller holds the workspace's row, and makes the event in this transaction.
    /// </summary>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="data">A JSON object; null when there is nothing more to say.</param>
    public static async Task TellWorkspaceAsync(this Session session, long workspaceKey, string type, string? data)
    {
        var key = Parameter.BigInteger("@key", workspaceKey);
        var now = await session.NowAsync().ConfigureAwait(false);
        var id = await session.FindAsync<Guid?>("find_told", static row => row.Id("id"), key, TypePattern(type)).ConfigureAwait(false);
        if (id is not null)
        {
            await session.ExecuteAsync(
                "tell_workspace",
                key,
                Parameter.Text("@event_id", id.ToString()),
                Parameter.Text("@type", type),
                Parameter.Text("@data", data),
                Parameter.Time("@now", now),
                TypePattern(type)).ConfigureAwait(false);
        }
    }
}
