namespace Orchestrator.Workers.Pool;

/// <summary>Times that no one has had a reason to configure.</summary>
internal sealed record PoolTimings
{
    public static PoolTimings Default { get; } = new();

    /// <summary>How long a process may take to give up a cancelled request before it is killed.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a process may take to end after <c>shutdown</c> before it is killed.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long to wait for the last output and the exit code of a process that is ending.</summary>
    public TimeSpan ExitGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait before the first replacement of a process that failed; it doubles while replacements fail, too.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Upper bound of the wait between replacements.</summary>
    public TimeSpan MaxRestartDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait after so many failures in a row, from 1.</summary>
    public TimeSpan RestartDelayAfter(int failures)
    {
        var delay = RestartDelay * Math.Pow(2, Math.Min(failures - 1, 30));
        return delay < MaxRestartDelay ? delay : MaxRestartDelay;
    }
}
