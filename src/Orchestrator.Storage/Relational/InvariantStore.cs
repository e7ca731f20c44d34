using Orchestrator.Storage.Invariants;

namespace Orchestrator.Storage.Relational;

/// <summary>Runs the queries of <c>Invariants/</c>; each returns no rows on a sound system.</summary>
internal sealed class InvariantStore(IDatabase database, SqlCatalog catalog) : IInvariantStore
{
    private const string Folder = "Invariants/";

    public async Task<IReadOnlyList<InvariantViolation>> CheckAsync(CancellationToken cancellationToken)
    {
        var violations = new List<InvariantViolation>();
        foreach (var query in catalog.Names.Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            violations.AddRange(await database.ReadAsync(
                session => session.QueryAsync(query, row => new InvariantViolation(query[Folder.Length..], row.Describe())),
                cancellationToken).ConfigureAwait(false));
        }

        return violations;
    }
}
