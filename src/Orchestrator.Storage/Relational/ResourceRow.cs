using Orchestrator.Core.Resources;
using Orchestrator.Storage.Resources;

namespace Orchestrator.Storage.Relational;

/// <summary>The row of a resource.</summary>
internal sealed record ResourceRow(
    string Name, TokenBucket? Bucket, DateTimeOffset? ClosedUntil, int? Permits, DateTimeOffset? RetryAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The most that one task can ever get, in millionths.</summary>
    public long Most => Bucket?.Capacity ?? (Permits!.Value * TokenBucket.Token);

    public static ResourceRow Read(Row row) => new(
        row.Text("name"),
        row.IntegerOrNull("capacity") is { } capacity
            ? new TokenBucket(capacity * TokenBucket.Token, row.BigInteger("refill"), row.BigInteger("level"), UnixTime.ToMicroseconds(row.Time("level_at")))
            : null,
        row.TimeOrNull("closed_until"),
        row.IntegerOrNull("permits"),
        row.TimeOrNull("retry_at"),
        row.Time("created_at"),
        row.Time("updated_at"));

    /// <summary>What there is to grant, in millionths.</summary>
    /// <param name="held">Permits that are held, by resource.</param>
    public long Free(IReadOnlyDictionary<string, long> held, DateTimeOffset now) =>
        Bucket?.Available(UnixTime.ToMicroseconds(now)) ?? ((Permits!.Value - held.GetValueOrDefault(Name)) * TokenBucket.Token);

    /// <summary>
    /// When to look whether there is an amount beside what is kept, and at the latest soon, whatever was missed. While those for
    /// whom it is kept have no slot to take it, the looks become rarer.
    /// </summary>
    public DateTimeOffset LookFor(long amount, DateTimeOffset now, KeptAmount kept = default)
    {
        var latest = now + ResourceLimits.LookEvery;
        var at = Bucket?.WhenHoldsBeside(kept.Amount, amount, UnixTime.ToMicroseconds(now)) ?? long.MaxValue;
        if (at >= UnixTime.ToMicroseconds(latest))
        {
            return latest;
        }

        var due = UnixTime.FromMicroseconds(at);
        var rarer = kept.WokenAt is { } woken && kept.Amount + amount > Most ? now + (now - woken) : due;
        return due >= rarer ? due : rarer < latest ? rarer : latest;
    }

    public ResourceRecord ToRecord(IReadOnlyDictionary<string, long> held, long waiting, DateTimeOffset now) => new()
    {
        Name = Name,
        Bounds = Bucket is { } bucket
            ? new ResourceBounds.Bucket((int)(bucket.Capacity / TokenBucket.Token), bucket.Refill / (decimal)TokenBucket.Token)
            : new ResourceBounds.Semaphore(Permits!.Value),
        Available = Free(held, now) / (decimal)TokenBucket.Token,
        Waiting = waiting,
        ClosedUntil = ClosedUntil > now ? ClosedUntil : null,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    public Parameter[] BucketParameters() =>
    [
        Parameter.BigInteger("@level", Bucket?.Level),
        Parameter.Time("@level_at", Bucket is { } bucket ? UnixTime.FromMicroseconds(bucket.LevelAt) : null),
        Parameter.Time("@closed_until", ClosedUntil),
    ];
}
