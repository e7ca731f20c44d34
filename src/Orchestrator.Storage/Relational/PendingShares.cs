namespace Orchestrator.Storage.Relational;

/// <summary>What this process may still let into each workspace without asking.</summary>
internal sealed class PendingShares
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Share> _shares = [];

    private readonly record struct Share(long Epoch, PendingCount Left);

    /// <summary>Whether the share covers this.</summary>
    public bool Cover(long workspaceKey, long epoch, PendingCount wanted)
    {
        lock (_lock)
        {
            return (_shares.TryGetValue(workspaceKey, out var share) && share.Epoch == epoch ? share.Left : default).Covers(wanted);
        }
    }

    /// <summary>Takes what is wanted: all of it or, unless <paramref name="all"/>, what there is. A share of another epoch counts no more.</summary>
    public PendingCount? Take(long workspaceKey, long epoch, PendingCount wanted, bool all)
    {
        lock (_lock)
        {
            var left = _shares.TryGetValue(workspaceKey, out var share) && share.Epoch == epoch ? share.Left : default;
            if (!left.Covers(wanted) && all)
            {
                return null;
            }

            var taken = left.AtMost(wanted);
            _shares[workspaceKey] = new Share(epoch, left - taken);
            return taken;
        }
    }

    public void Add(long workspaceKey, long epoch, PendingCount count)
    {
        lock (_lock)
        {
            var before = _shares.GetValueOrDefault(workspaceKey);
            if (epoch >= before.Epoch)
            {
                _shares[workspaceKey] = new Share(epoch, epoch == before.Epoch ? before.Left + count : count);
            }
        }
    }
}
