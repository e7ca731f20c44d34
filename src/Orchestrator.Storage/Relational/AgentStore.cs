using System.Text.Json;
using Orchestrator.Core.Agents;
using Orchestrator.Storage.Agents;

namespace Orchestrator.Storage.Relational;

internal sealed class AgentStore(IDatabase database) : IAgentStore
{
    public Task<AgentChange> PutAsync(string name, Func<AgentRecord?, AgentDefinition?> change, CancellationToken cancellationToken) =>
        database.WriteAsync(session => PutAsync(session, name, change), cancellationToken);

    public Task<AgentRecord?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, name), cancellationToken);

    public Task<AgentRecord?> FindVersionAsync(AgentVersion version, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FindAsync(
            "find_agent_version",
            Read,
            Parameter.Text("@name", version.Name),
            Parameter.Integer("@version", version.Version),
            Parameter.Time("@created_at", version.CreatedAt)),
        cancellationToken);

    public async Task<IReadOnlyList<AgentRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync("list_agents", Read, Parameter.Text("@after", after ?? ""), Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<AgentVersion>> ListVersionsAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_agent_versions", static row => new AgentVersion(row.Text("name"), row.Integer("version"), row.Time("created_at"))),
            cancellationToken).ConfigureAwait(false);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await session.ExecuteAsync("delete_agent", Parameter.Text("@name", name)).ConfigureAwait(false) > 0, cancellationToken);

    private static async Task<AgentChange> PutAsync(Session session, string name, Func<AgentRecord?, AgentDefinition?> change)
    {
        while (true)
        {
            var before = await FindAsync(session, name).ConfigureAwait(false);
            if (change(before) is not { } definition)
            {
                return new AgentChange.Kept();
            }

            if (before is null && await session.FindAsync<long?>("count_agents", static row => row.BigInteger("agents")).ConfigureAwait(false) >= AgentLimits.MaxAgents)
            {
                return new AgentChange.TooMany();
            }

            var now = await session.NowAsync().ConfigureAwait(false);
            var record = new AgentRecord(definition, (before?.Version ?? 0) + 1, before?.CreatedAt ?? now, now);
            if (await session.ExecuteAsync("insert_agent", ParametersOf(record)).ConfigureAwait(false) == 0)
            {
                // Somebody else has made this version meanwhile: theirs is the one that is changed.
                continue;
            }

            await session.ExecuteAsync(
                "delete_old_agent_versions",
                Parameter.Text("@name", name),
                Parameter.Integer("@version", record.Version - AgentLimits.KeptVersions)).ConfigureAwait(false);
            return new AgentChange.Saved(record, before is null);
        }
    }

    private static Task<AgentRecord?> FindAsync(Session session, string name) =>
        session.FindAsync("find_agent", Read, Parameter.Text("@name", name));

    private static Parameter[] ParametersOf(AgentRecord record) =>
    [
        Parameter.Text("@name", record.Definition.Name),
        Parameter.Integer("@version", record.Version),
        Parameter.Text("@definition", JsonSerializer.Serialize(record.Definition, StorageJson.Default.AgentDefinition)),
        Parameter.Time("@created_at", record.CreatedAt),
        Parameter.Time("@updated_at", record.UpdatedAt),
    ];

    private static AgentRecord Read(Row row) => new(
        JsonSerializer.Deserialize(row.Text("definition"), StorageJson.Default.AgentDefinition)!,
        row.Integer("version"),
        row.Time("created_at"),
        row.Time("updated_at"));
}
