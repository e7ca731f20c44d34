using Orchestrator.Core.Resources;
using Orchestrator.Storage.Resources;

namespace Orchestrator.Storage.Relational;

internal sealed class ResourceStore(IDatabase database) : IResourceStore
{
    private readonly ResourceQueue _queue = new(database);

    public Task<(ResourceRecord Resource, bool Created)> PutAsync(string name, ResourceBounds bounds, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var created = await WriteAsync(session, name, bounds).ConfigureAwait(false);
                return ((await FindAsync(session, name).ConfigureAwait(false))!, created);
            },
            cancellationToken);

    public Task<ResourceRecord?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, name), cancellationToken);

    public async Task<IReadOnlyList<ResourceRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async session =>
            {
                var rows = await session.QueryAsync(
                    "list_resources", Read, Parameter.Text("@after", after ?? string.Empty), Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                return await ToRecordsAsync(session, rows).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

    public Task<IReadOnlyList<Guid>> WakeAsync(bool afterEnds, CancellationToken cancellationToken) => _queue.WakeAsync(afterEnds, cancellationToken);

    public Task<NextLook> FindNextLookAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FindAsync("next_look", static row => new NextLook(row.SpanOrNull("due"), row.BigInteger("semaphores") > 0)), cancellationToken);

    private static (ResourceRow Row, long Waiting) Read(Row row) => (ResourceRow.Read(row), row.BigInteger("waiting"));

    private static async Task<ResourceRecord?> FindAsync(Session session, string name)
    {
        var rows = await session.QueryAsync("find_resource", Read, Parameter.Text("@name", name)).ConfigureAwait(false);
        return (await ToRecordsAsync(session, rows).ConfigureAwait(false)).SingleOrDefault();
    }

    private static async Task<List<ResourceRecord>> ToRecordsAsync(Session session, List<(ResourceRow Row, long Waiting)> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var held = await session.ReadHeldAsync().ConfigureAwait(false);
        var now = await session.NowAsync().ConfigureAwait(false);
        return rows.ConvertAll(row => row.Row.ToRecord(held, row.Waiting, now));
    }

    /// <summary>Answers whether the resource is new.</summary>
    private static async Task<bool> WriteAsync(Session session, string name, ResourceBounds bounds)
    {
        var now = await session.NowAsync().ConfigureAwait(false);
        if (await session.ExecuteAsync("insert_resource", Parameters(name, bounds, New(bounds, now), now)).ConfigureAwait(false) > 0)
        {
            return true;
        }

        var before = (await session.LockResourcesAsync(name).ConfigureAwait(false)).Single();

        // Again, because the lock may have been waited for.
        now = await session.NowAsync().ConfigureAwait(false);
        var bucket = bounds is ResourceBounds.Bucket wanted && before.Bucket is { } old
            ? old.Change(wanted.Capacity * TokenBucket.Token, wanted.RefillUnits, UnixTime.ToMicroseconds(now))
            : New(bounds, now);
        await session.ExecuteAsync(
            "update_resource",
            [
                .. Parameters(name, bounds, bucket, now),
                Parameter.Time("@closed_until", bucket is null ? null : before.ClosedUntil),
            ]).ConfigureAwait(false);
        return false;
    }

    private static TokenBucket? New(ResourceBounds bounds, DateTimeOffset now) => bounds is ResourceBounds.Bucket bucket
        ? TokenBucket.Full(bucket.Capacity * TokenBucket.Token, bucket.RefillUnits, UnixTime.ToMicroseconds(now))
        : null;

    private static Parameter[] Parameters(string name, ResourceBounds bounds, TokenBucket? bucket, DateTimeOffset now) =>
    [
        Parameter.Text("@name", name),
        Parameter.Integer("@capacity", (bounds as ResourceBounds.Bucket)?.Capacity),
        Parameter.BigInteger("@refill", bucket?.Refill),
        Parameter.BigInteger("@level", bucket?.Level),
        Parameter.Time("@level_at", bucket is { } known ? UnixTime.FromMicroseconds(known.LevelAt) : null),
        Parameter.Integer("@permits", (bounds as ResourceBounds.Semaphore)?.Permits),
        Parameter.Time("@now", now),
    ];
}
