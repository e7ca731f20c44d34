using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Time;

namespace Orchestrator.Runtime.Leases;

/// <summary>A thread of its own that takes a step, sleeps until the moment the step named, and can be woken before.</summary>
/// <param name="step">Answers the timestamp of the next step; <see cref="long.MaxValue"/> to sleep until woken.</param>
internal sealed partial class PacedThread(string name, TimeProvider timeProvider, Func<long> step, ILogger logger)
{
    /// <summary>The longest sleep before the clock is looked at again; it bounds how late a step is after the process was stopped and continued.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private Thread? _thread;
    private bool _woken;
    private bool _stopping;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    public void Wake()
    {
        lock (_gate)
        {
            _woken = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Stops after the current step, waiting for it a few seconds at most.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        if (_thread?.Join(JoinLimit) == false)
        {
            LogStuck(logger, name);
        }
    }

    private void Run()
    {
        var next = timeProvider.GetTimestamp();
        while (SleepUntil(next))
        {
            next = Step();
        }
    }

    private long Step()
    {
        try
        {
            return step();
        }
        catch (Exception exception)
        {
            LogStepFailed(logger, exception, name);
            return timeProvider.Add(timeProvider.GetTimestamp(), LongestSleep);
        }
    }

    private bool SleepUntil(long timestamp)
    {
        lock (_gate)
        {
            while (!_stopping && !_woken)
            {
                var now = timeProvider.GetTimestamp();
                if (now >= timestamp)
                {
                    break;
                }

                Monitor.Wait(_gate, timestamp == long.MaxValue ? Timeout.InfiniteTimeSpan : SleepFor(timeProvider.GetElapsedTime(now, timestamp)));
            }

            _woken = false;
            return !_stopping;
        }
    }

    /// <summary>In whole milliseconds, rounded up so that the sleeper does not spin through the last one.</summary>
    private static TimeSpan SleepFor(TimeSpan left) =>
        left >= LongestSleep ? LongestSleep : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));

    [LoggerMessage(1501, LogLevel.Error, "A step of the thread '{Name}' failed.")]
    private static partial void LogStepFailed(ILogger logger, Exception exception, string name);

    [LoggerMessage(1502, LogLevel.Warning, "The thread '{Name}' did not stop in time and is left behind.")]
    private static partial void LogStuck(ILogger logger, string name);
}
