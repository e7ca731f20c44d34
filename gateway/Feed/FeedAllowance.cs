namespace Orchestrator.Gateway.Feed;

/// <summary>How much a client may be told: so much a second, and as much at once after a pause. A part of it is kept for what is urgent.</summary>
internal sealed class FeedAllowance(int perSecond, TimeProvider timeProvider)
{
    private const double KeptForUrgent = 0.1;

    private double _left = perSecond;
    private long _at = timeProvider.GetTimestamp();

    /// <summary>Adds what has come since the last call.</summary>
    public void Refill()
    {
        var now = timeProvider.GetTimestamp();
        _left = Math.Min(perSecond, _left + (timeProvider.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }

    public bool TryTake(bool urgent)
    {
        if (_left < 1 || (!urgent && _left < (perSecond * KeptForUrgent)))
        {
            return false;
        }

        _left--;
        return true;
    }
}
