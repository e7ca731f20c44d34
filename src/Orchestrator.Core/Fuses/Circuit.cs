namespace Orchestrator.Core.Fuses;

/// <summary>
/// Whether attempts of one workspace that use one provider may start. Failures without a success between them open it; after a pause
/// one attempt at a time probes the provider, and closes it or opens it for longer.
/// </summary>
/// <param name="Since">Since when it is in this state; null while it has never been in another.</param>
public sealed record Circuit(CircuitState State, DateTimeOffset? Since)
{
    /// <summary>One that nothing is known of.</summary>
    public static Circuit Untouched { get; } = new(CircuitState.Closed, null);

    /// <summary>The failures since the last success that still count, the oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Failures { get; init; } = [];

    /// <summary>For how long it was opened last.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>From when on a probe may start; null unless it is open.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The lease of the attempt that probes the provider; null unless it is half open.</summary>
    public Guid? Probe { get; init; }

    /// <summary>When the probe's lease was first found gone without a verdict.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>What follows from the end of an attempt.</summary>
    /// <param name="lease">The lease of the attempt.</param>
    /// <param name="startedAt">When it started.</param>
    public Circuit Record(ProviderVerdict verdict, Guid lease, DateTimeOffset startedAt, DateTimeOffset now, CircuitLimits limits) => State switch
    {
        CircuitState.Closed => RecordClosed(verdict, startedAt, now, limits),
        CircuitState.HalfOpen when lease == Probe => RecordProbe(verdict, now, limits),

        // Attempts that ran already when it opened; the probe decides.
        _ => this,
    };

    /// <summary>
    /// The probe's attempt has no lease any more, and no verdict came. It may be on its way, so that only the second look counts;
    /// then another probe may start.
    /// </summary>
    public Circuit Miss(DateTimeOffset now) => MissedAt is null ? this with { MissedAt = now } : Open(Pause, now, now);

    public static Circuit ClosedAt(DateTimeOffset moment) => new(CircuitState.Closed, moment);

    private Circuit RecordClosed(ProviderVerdict verdict, DateTimeOffset startedAt, DateTimeOffset now, CircuitLimits limits)
    {
        if (verdict == ProviderVerdict.Well)
        {
            return Failures.Count == 0 ? this : this with { Failures = [] };
        }

        // What started before it closed failed in the time that is over.
        if (verdict != ProviderVerdict.Ill || startedAt < Since)
        {
            return this;
        }

        List<DateTimeOffset> failures = [.. Failures.Where(at => at > now - limits.Window), now];
        var counted = this with { Failures = failures };
        return failures.Count >= limits.Failures ? counted.Open(limits.Pause, now, now + limits.Pause) : counted;
    }

    private Circuit RecordProbe(ProviderVerdict verdict, DateTimeOffset now, CircuitLimits limits)
    {
        switch (verdict)
        {
            case ProviderVerdict.Well:
                return ClosedAt(now);
            case ProviderVerdict.Unasked:
                return Open(Pause, now, now);
            default:
                var pause = verdict == ProviderVerdict.Ill ? limits.After(Pause) : Pause;
                return Open(pause, now, now + pause);
        }
    }

    private Circuit Open(TimeSpan pause, DateTimeOffset now, DateTimeOffset retryAt) =>
        this with { State = CircuitState.Open, Since = now, Pause = pause, RetryAt = retryAt, Probe = null, MissedAt = null };
}
