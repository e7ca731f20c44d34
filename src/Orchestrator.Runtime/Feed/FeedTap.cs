using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Signals;

namespace Orchestrator.Runtime.Feed;

/// <summary>
/// Where a process says which tasks and runs have news, for people who look on here or at another process. While nobody does, it costs
/// those who work one read of a flag.
/// </summary>
public sealed class FeedTap
{
    /// <summary>How long news are sent to others after one of them said that it has viewers.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _timeProvider;
    private readonly WakeSignal _changed;
    private readonly Lock _lock = new();
    private int _viewers;
    private long _othersUntil;
    private volatile bool _here;
    private volatile bool _elsewhere;
    private volatile bool _isOpen;

    public FeedTap(IOptions<FeedOptions> options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        _timeProvider = timeProvider;
        _changed = new WakeSignal(timeProvider);
        Here = new PendingNews(options.Value.NewsPerSecond);
        ForOthers = new PendingNews(options.Value.NewsPerSecond);
    }

    /// <summary>Whether anybody looks on, here or elsewhere.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Whether anybody looks on at this process.</summary>
    public bool IsWatchedHere => _here;

    /// <summary>What the viewers of this process are to be told, whoever it comes from.</summary>
    public PendingNews Here { get; }

    /// <summary>What other processes are to be told.</summary>
    internal PendingNews ForOthers { get; }

    /// <summary>Whether other processes said lately that they have viewers.</summary>
    internal bool IsWatchedElsewhere
    {
        get
        {
            lock (_lock)
            {
                if (_elsewhere && _timeProvider.GetTimestamp() >= _othersUntil)
                {
                    _elsewhere = false;
                    _isOpen = _here;
                    ForOthers.Clear();
                }

                return _elsewhere;
            }
        }
    }

    public void AddTasks(NewsUrgency urgency, IReadOnlyList<Guid> ids) => Add(urgency, areRuns: false, ids);

    public void AddRuns(NewsUrgency urgency, IReadOnlyList<Guid> ids) => Add(urgency, areRuns: true, ids);

    /// <summary>Somebody begins to look on at this process, until what is returned is disposed.</summary>
    public IDisposable Watch()
    {
        lock (_lock)
        {
            if (_viewers++ == 0)
            {
                // What came in after the last viewer had left.
                Here.Clear();
            }

            _here = _isOpen = true;
        }

        _changed.Set();
        return new Viewer(this);
    }

    /// <summary>Another process has viewers.</summary>
    internal void OnWatchedElsewhere()
    {
        lock (_lock)
        {
            _othersUntil = _timeProvider.GetTimestamp() + (long)(OpenFor.TotalSeconds * _timeProvider.TimestampFrequency);
            _elsewhere = _isOpen = true;
        }

        _changed.Set();
    }

    /// <summary>Waits until viewers came or went since the last call, here or elsewhere, at most <paramref name="timeout"/>. One caller at a time.</summary>
    internal Task WaitForViewersAsync(TimeSpan timeout, CancellationToken cancellationToken) => _changed.WaitAsync(timeout, cancellationToken);

    private void Add(NewsUrgency urgency, bool areRuns, IReadOnlyList<Guid> ids)
    {
        if (_here)
        {
            Here.Add(urgency, areRuns, ids);
        }

        if (_elsewhere)
        {
            ForOthers.Add(urgency, areRuns, ids);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_viewers == 0)
            {
                _here = false;
                _isOpen = _elsewhere;
                Here.Clear();
            }
        }

        _changed.Set();
    }

    private sealed class Viewer(FeedTap tap) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                tap.Leave();
            }
        }
    }
}
