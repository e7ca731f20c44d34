namespace Orchestrator.Core.Resources;

/// <summary>
/// A bucket of tokens, exact: amounts are millionths of a token, times are microseconds, and its level moves on by whole seconds
/// only, so that nothing is lost or won by rounding, however often it is asked. <c>orc_available</c> and <c>orc_take_tokens</c> are
/// the same in SQL.
/// </summary>
/// <param name="Capacity">The most it holds.</param>
/// <param name="Refill">What comes in during a second.</param>
/// <param name="Level">What it held at <paramref name="LevelAt"/>, less what was taken since; so it may be below zero.</param>
/// <param name="LevelAt">From when on it refills; before that nothing comes in.</param>
public readonly record struct TokenBucket(long Capacity, long Refill, long Level, long LevelAt)
{
    /// <summary>One token.</summary>
    public const long Token = 1_000_000;

    private const long Second = 1_000_000;

    /// <summary>
    /// A provider counts calls when they arrive, which is later than their grants, once by more and once by less. A bucket that was
    /// full begins to refill later by a second, but by no more than a tenth of what is left in it, so that calls that were on their
    /// way for longer than the next ones do not find the provider's bucket emptier than this one. One that is not near full has
    /// that lead already, and is not slowed down.
    /// </summary>
    private const long MarginPart = 10;

    public static TokenBucket Full(long capacity, long refill, long now) => new(capacity, refill, capacity, now);

    /// <summary>What it holds.</summary>
    public long Available(long now) =>
        (long)Int128.Min(Capacity, Level + ((Int128)Refill * Math.Max(0, now - LevelAt) / Second));

    /// <summary>The bucket without an amount that it holds.</summary>
    public TokenBucket Take(long amount, long now)
    {
        var available = Available(now);
        var missing = Capacity - available;
        var margin = Math.Min(Refill, (Capacity - amount) / MarginPart);
        if (missing == 0 || missing < margin)
        {
            var pause = Divide((Int128)Math.Max(0, margin - missing) * Second, Refill);
            return this with { Level = available - amount, LevelAt = Math.Max(LevelAt, now + pause) };
        }

        var seconds = Math.Max(0, now - LevelAt) / Second;
        return this with { Level = checked(Level + (Refill * seconds) - amount), LevelAt = LevelAt + (seconds * Second) };
    }

    /// <summary>When it holds an amount, if nobody takes from it; <see cref="long.MaxValue"/> for never.</summary>
    public long WhenHolds(long amount, long now)
    {
        if (amount > Capacity)
        {
            return long.MaxValue;
        }

        return Available(now) >= amount ? now : LevelAt + Divide((Int128)(amount - Level) * Second, Refill);
    }

    /// <summary>
    /// When it holds an amount beside what is kept of it; <see cref="long.MaxValue"/> for never. Both together may be more than the
    /// capacity: what comes in once the kept part has been taken counts.
    /// </summary>
    public long WhenHoldsBeside(long kept, long amount, long now)
    {
        if (kept + amount <= Capacity || amount > Capacity)
        {
            return WhenHolds(kept + amount, now);
        }

        return Math.Max(now, LevelAt) + Divide((Int128)(kept + amount - Available(now)) * Second, Refill);
    }

    /// <summary>Empty until a moment, and only from then on refilled.</summary>
    public TokenBucket Close(long until, long now) =>
        this with { Level = Math.Min(0, Available(now)), LevelAt = Math.Max(LevelAt, until) };

    /// <summary>With other bounds from now on. It keeps what it holds, as far as that still fits.</summary>
    public TokenBucket Change(long capacity, long refill, long now) => new(
        capacity, refill, Math.Min(capacity, LevelAt > now ? Level : Available(now)), Math.Max(LevelAt, now));

    /// <summary>Rounded up, so that nothing comes early.</summary>
    private static long Divide(Int128 dividend, long divisor) => (long)Int128.Min(long.MaxValue / 4, (dividend + divisor - 1) / divisor);
}
