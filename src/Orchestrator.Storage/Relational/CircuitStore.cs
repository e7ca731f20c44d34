using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Fuses;

namespace Orchestrator.Storage.Relational;

internal sealed class CircuitStore(IDatabase database) : ICircuitStore
{
    private const int MaxLooks = 100;

    public async Task<CircuitCheck> ReportAsync(IReadOnlyList<CircuitReport> reports, CancellationToken cancellationToken)
    {
        var trips = new List<FuseTrip>();
        var hasChanged = false;

        // A transaction each, so that no workspace waits for another.
        foreach (var workspace in (await FindMeaningfulAsync(reports, cancellationToken).ConfigureAwait(false)).GroupBy(static report => report.WorkspaceKey))
        {
            if (await database.WriteAsync(session => RecordAsync(session, workspace), cancellationToken).ConfigureAwait(false) is { } book)
            {
                trips.AddRange(Enumerable.Repeat(new FuseTrip(book.Workspace, Fuse.CircuitBreaker), book.Trips));
                hasChanged |= book.HasChanged;
            }
        }

        return new CircuitCheck(trips, hasChanged);
    }

    public async Task<IReadOnlyList<Guid>> WakeAsync(CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(
            session => session.QueryAsync("find_due_circuits", ReadKey, Parameter.Integer("@limit", MaxLooks)), cancellationToken).ConfigureAwait(false);
        List<Guid> woken = [];
        foreach (var (key, provider) in due)
        {
            woken.AddRange(await database.WriteAsync(session => new CircuitQueue(session, key, provider).WakeAsync(), cancellationToken).ConfigureAwait(false));
        }

        return woken;
    }

    public Task<TimeSpan?> FindNextLookAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync("next_circuit_look", static row => row.SpanOrNull("due")), cancellationToken);

    /// <summary>Without those of workspaces in which all goes well with the provider, now as before.</summary>
    private async Task<IEnumerable<CircuitReport>> FindMeaningfulAsync(IReadOnlyList<CircuitReport> reports, CancellationToken cancellationToken)
    {
        var meaningful = reports.Where(static report => report.Verdict == ProviderVerdict.Ill).Select(KeyOf).ToHashSet();
        var others = reports.Select(KeyOf).Except(meaningful).Select(static circuit => circuit.Key).Distinct().ToArray();
        if (others.Length > 0)
        {
            meaningful.UnionWith(await database.ReadAsync(
                session => session.QueryAsync("list_touched_circuits", ReadKey, Parameter.BigIntegerList("@keys", others)), cancellationToken).ConfigureAwait(false));
        }

        return reports.Where(report => meaningful.Contains(KeyOf(report)));
    }

    private static async Task<CircuitBook?> RecordAsync(Session session, IEnumerable<CircuitReport> reports)
    {
        var book = await CircuitBook.OpenAsync(session, reports.First().WorkspaceKey).ConfigureAwait(false);
        if (book is not null)
        {
            foreach (var report in reports)
            {
                await book.RecordAsync(report).ConfigureAwait(false);
            }
        }

        return book;
    }

    private static (long Key, string Provider) KeyOf(CircuitReport report) => (report.WorkspaceKey, report.Provider);

    private static (long Key, string Provider) ReadKey(Row row) => (row.BigInteger("workspace_key"), row.Text("provider"));
}
