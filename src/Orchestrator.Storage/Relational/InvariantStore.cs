using Orchestrator.Storage.Invariants;

namespace Orchestrator.Storage.Relational;

/// <summary>Runs the queries of <c>Invariants/</c>; each returns no rows on a sound system.</summary>
internal sealed class InvariantStore(IDatabase database, SqlCatalog catalog) : IInvariantStore
{
    private const string Folder = "Invariants/";

    public IReadOnlyList<string> Names { get; } =
        [.. catalog.Names.Where(static name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(static name => name[Folder.Length..]).Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<InvariantViolation>> CheckAsync(CancellationToken cancellationToken)
    {
        var violations = new List<InvariantViolation>();
        foreach (var name in Names)
        {
            violations.AddRange(await database.ReadAsync(
                session => session.QueryAsync(Folder + name, row => new InvariantViolation(name, row.Describe())),
                cancellationToken).ConfigureAwait(false));
        }

        return violations;
    }
}
