using Orchestrator.Gateway.Security;

namespace Orchestrator.Gateway.Feed;

/// <summary>What waits for one client. Whoever puts something in never waits; a client that lets too much come together has overflowed.</summary>
internal sealed class FeedQueue(CallerContext caller, FeedAllowance allowance, int capacity)
{
    /// <summary>How much may wait of what is written for this client alone.</summary>
    public const int MaxOwnBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private FeedSubscription _subscription = FeedSubscription.Everything;
    private List<FeedEvent> _waiting = [];
    private long _skipped;
    private int _ownBytes;

    /// <summary>Whether more came than it holds.</summary>
    public bool HasOverflowed { get; private set; }

    public FeedSubscription Subscription
    {
        get
        {
            lock (_lock)
            {
                return _subscription;
            }
        }

        set
        {
            lock (_lock)
            {
                _subscription = value;
            }
        }
    }

    /// <summary>Whether the client may know what concerns all workspaces.</summary>
    public bool SeesAll => caller.SeesAll;

    /// <summary>Puts in what the client wants, may see and has an allowance for; answers how much it had none for.</summary>
    public int Offer(IReadOnlyList<FeedEvent> events)
    {
        lock (_lock)
        {
            allowance.Refill();
            var skipped = 0;
            foreach (var one in events)
            {
                if (!_subscription.Takes(one.Type, one.Workspace) || !(one.Workspace is { } workspace ? caller.Sees(workspace) : caller.SeesAll))
                {
                    continue;
                }

                if (allowance.TryTake(one.IsUrgent))
                {
                    AddNeedsLock(one);
                }
                else
                {
                    skipped++;
                }
            }

            _skipped += skipped;
            return skipped;
        }
    }

    /// <summary>Puts in what is for this client alone and costs no allowance.</summary>
    public void Add(FeedEvent one)
    {
        lock (_lock)
        {
            if (_ownBytes > MaxOwnBytes - one.Utf8.Length)
            {
                HasOverflowed = true;
                return;
            }

            _ownBytes += one.Utf8.Length;
            AddNeedsLock(one);
        }
    }

    /// <summary>Everything that waits.</summary>
    public IReadOnlyList<FeedEvent> Take()
    {
        lock (_lock)
        {
            var waiting = _waiting;
            _waiting = [];
            _ownBytes = 0;
            return waiting;
        }
    }

    /// <summary>How much there was no allowance for since the last call.</summary>
    public long TakeSkipped()
    {
        lock (_lock)
        {
            var skipped = _skipped;
            _skipped = 0;
            return skipped;
        }
    }

    private void AddNeedsLock(FeedEvent one)
    {
        if (_waiting.Count < capacity)
        {
            _waiting.Add(one);
        }
        else
        {
            HasOverflowed = true;
        }
    }
}
