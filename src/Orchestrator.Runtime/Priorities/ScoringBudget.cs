namespace Orchestrator.Runtime.Priorities;

/// <summary>How many scorings each workspace may still cost: a minute's worth at once, refilled evenly. Calls must not overlap.</summary>
internal sealed class ScoringBudget(int callsPerMinute, TimeProvider timeProvider)
{
    private const int MaxKnownWorkspaces = 10_000;

    private readonly Dictionary<string, (double Left, long At)> _spent = new(StringComparer.Ordinal);

    public bool TrySpend(string workspace)
    {
        var now = timeProvider.GetTimestamp();
        var left = Left(workspace, now);
        if (left < 1)
        {
            return false;
        }

        if (_spent.Count >= MaxKnownWorkspaces)
        {
            foreach (var full in _spent.Keys.Where(known => Left(known, now) >= callsPerMinute).ToList())
            {
                _spent.Remove(full);
            }
        }

        _spent[workspace] = (left - 1, now);
        return true;
    }

    private double Left(string workspace, long now) => _spent.TryGetValue(workspace, out var spent)
        ? Math.Min(callsPerMinute, spent.Left + (timeProvider.GetElapsedTime(spent.At, now).TotalMinutes * callsPerMinute))
        : callsPerMinute;
}
