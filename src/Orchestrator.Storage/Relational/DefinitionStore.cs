using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Storage.Relational;

internal sealed class DefinitionStore(IDatabase database) : IDefinitionStore
{
    public Task<PublishResult> PublishAsync(
        DefinitionName name, string? description, ReadOnlyMemory<byte> document, string source, string format, CancellationToken cancellationToken) =>
        database.WriteAsync(session => PublishAsync(session, new DefinitionRecord(0, name, description, document, source, format, default)), cancellationToken);

    public Task<DefinitionRecord?> FindAsync(string owner, string name, string? version, CancellationToken cancellationToken) => database.ReadAsync(
        session => version is null
            ? session.FindAsync("find_last_definition", Read, Parameter.Text("@owner", owner), Parameter.Text("@name", name))
            : FindAsync(session, new DefinitionName(owner, name, version)),
        cancellationToken);

    public async Task<IReadOnlyList<DefinitionName>> FindExistingAsync(IReadOnlyCollection<DefinitionName> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return [];
        }

        // Each owner with each name and each version: a superset of what is wanted.
        var found = await database.ReadAsync(
            session => session.QueryAsync(
                "find_definition_names",
                ReadName,
                Parameter.TextList("@owners", [.. names.Select(name => name.Owner).Distinct()]),
                Parameter.TextList("@names", [.. names.Select(name => name.Name).Distinct()]),
                Parameter.TextList("@versions", [.. names.Select(name => name.Version).Distinct()])),
            cancellationToken).ConfigureAwait(false);
        return [.. found.Intersect(names)];
    }

    public async Task<IReadOnlyList<DefinitionRecord>> ListAsync(string? owner, string? name, long? after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_definitions",
                ReadEntry,
                Parameter.Text("@owner", owner),
                Parameter.Text("@name", name),
                Parameter.BigInteger("@after", after),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    private static async Task<PublishResult> PublishAsync(Session session, DefinitionRecord wanted)
    {
        while (true)
        {
            if (await FindAsync(session, wanted.Name).ConfigureAwait(false) is { } published)
            {
                return published.Document.Span.SequenceEqual(wanted.Document.Span)
                    ? new PublishResult.Unchanged(published)
                    : new PublishResult.Differs();
            }

            if (await session.FindAsync("count_definitions", static row => row.BigInteger("definitions")).ConfigureAwait(false) >= RunLimits.MaxDefinitions)
            {
                return new PublishResult.TooMany();
            }

            var record = wanted with { PublishedAt = await session.NowAsync().ConfigureAwait(false) };
            var key = await session.FindAsync<long?>("insert_definition", static row => row.BigInteger("key"), ParametersOf(record)).ConfigureAwait(false);
            if (key is not null)
            {
                return new PublishResult.Published(record with { Key = key.Value });
            }

            // Somebody else has published the name meanwhile; theirs is there to be compared.
        }
    }

    private static Task<DefinitionRecord?> FindAsync(Session session, DefinitionName name) => session.FindAsync(
        "find_definition", Read, Parameter.Text("@owner", name.Owner), Parameter.Text("@name", name.Name), Parameter.Text("@version", name.Version));

    private static Parameter[] ParametersOf(DefinitionRecord record) =>
    [
        Parameter.Text("@owner", record.Name.Owner),
        Parameter.Text("@name", record.Name.Name),
        Parameter.Text("@version", record.Name.Version),
        Parameter.Text("@description", record.Description),
        Parameter.Bytes("@document", record.Document),
        Parameter.Text("@source", record.Source),
        Parameter.Text("@format", record.Format),
        Parameter.Time("@published_at", record.PublishedAt),
    ];

    private static DefinitionRecord Read(Row row) => ReadEntry(row) with { Document = row.Bytes("document"), Source = row.Text("source") };

    private static DefinitionRecord ReadEntry(Row row) => new(
        row.BigInteger("key"), ReadName(row), row.TextOrNull("description"), default, "", row.Text("format"), row.Time("published_at"));

    private static DefinitionName ReadName(Row row) => new(row.Text("owner"), row.Text("name"), row.Text("version"));
}
