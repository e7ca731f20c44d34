using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Delegation;

namespace Orchestrator.Storage.Relational;

/// <summary>A task moves from live to finished and never back, so looking first among the live ones misses none.</summary>
internal sealed class DelegationStore(IDatabase database) : IDelegationStore
{
    public Task<IReadOnlyList<ChildRecord>> FindChildrenAsync(Guid parentId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindChildrenAsync(session, parentId, ids), cancellationToken);

    public Task<AwaitedTasks> FindAwaitedAsync(Guid id, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var found = await session.QueryAsync(
                    "list_awaited",
                    static row => (Id: row.Id("depends_on"), Count: row.BigInteger("pending")),
                    Parameter.Id("@id", id),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                return new AwaitedTasks(found.ConvertAll(static row => row.Id), found.Count == 0 ? 0 : (int)found[0].Count);
            },
            cancellationToken);

    private static async Task<IReadOnlyList<ChildRecord>> FindChildrenAsync(Session session, Guid parentId, IReadOnlyList<Guid> ids)
    {
        var found = (await session.QueryAsync(
            "find_live_children",
            static row => new ChildRecord(row.Id("id"), TaskStateNames.Parse(row.Text("status")), null, null),
            Parameter.IdList("@ids", ids),
            Parameter.Id("@parent_id", parentId)).ConfigureAwait(false)).ToDictionary(static child => child.Id);
        var complete = found.Count == 0;
        foreach (var child in await session.QueryAsync(
            "find_ended_children",
            ReadEnded,
            Parameter.IdList("@ids", [.. ids.Where(id => !found.ContainsKey(id))]),
            Parameter.Id("@parent_id", parentId),
            Parameter.Flag("@complete", complete)).ConfigureAwait(false))
        {
            found.Add(child.Id, child);
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    private static ChildRecord ReadEnded(Row row)
    {
        var state = TaskStateNames.Parse(row.Text("status"));
        return new ChildRecord(
            row.Id("id"),
            state,
            row.MemoryOrNull("result"),
            state == TaskState.Completed || row.IsNull("error_code") ? null : new TaskError(row.Text("error_code"), row.Text("error_message"), row.Flag("error_retryable")));
    }
}
