using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// What the settlements and checkpoints that a transaction writes have consumed, and how many tasks of runs they end, by workspace. One that an
/// earlier try has written, or whose lease was lost, is not added.
/// </summary>
internal sealed class UsageTally
{
    private readonly Dictionary<long, UsageSum> _sums = [];
    private readonly Dictionary<long, int> _endedSteps = [];

    public IReadOnlyDictionary<long, int> EndedSteps => _endedSteps;

    /// <summary>When they ended; null where none was written together with others.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public void Add(Settlement settlement)
    {
        if (settlement.Outcome.Usage is { } usage)
        {
            Add(settlement.WorkspaceKey, usage);
        }
    }

    public void Add(long workspaceKey, TaskUsage usage) =>
        _sums[workspaceKey] = _sums.GetValueOrDefault(workspaceKey).Plus(UsageSum.Of(usage));

    /// <summary>Notes a task that has ended.</summary>
    public void AddEnd(Settlement settlement)
    {
        if (settlement.Step is not null)
        {
            _endedSteps[settlement.WorkspaceKey] = _endedSteps.GetValueOrDefault(settlement.WorkspaceKey) + 1;
        }
    }

    /// <summary>Writes a row for each workspace; nothing where none carried usage.</summary>
    public async Task WriteAsync(Session session)
    {
        foreach (var (key, sum) in _sums)
        {
            await session.ExecuteAsync("append_usage", [Parameter.BigInteger("@key", key), .. sum.ToParameters()]).ConfigureAwait(false);
        }
    }
}
