using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Sqlite;

/// <summary>What is left of an offer while a turn grants it.</summary>
internal sealed class SqliteCapacity(TurnRequest request)
{
    private readonly Dictionary<string, ActionCapacity> _actions = request.Actions.ToDictionary(action => action.Action);
    private readonly HashSet<string> _lanes = [.. request.Actions.SelectMany(action => action.Lanes.Prepend(action.Action))];
    private int _slowSlots = request.SlowSlots;
    private int _longSlots = request.LongSlots;

    /// <summary>What is offered: actions, and lanes of them that name skills.</summary>
    public IReadOnlyCollection<string> Lanes => _lanes;

    public bool Offers(string lane) => _lanes.Contains(lane);

    /// <summary>Whether its attempts are known to cost nothing.</summary>
    public bool CostsNothing(string lane) => _actions[TaskLane.ActionOf(lane)].MaxCost == 0;

    public bool HasRoomFor(string action) => _actions[action] switch
    {
        { Free: <= 0 } => false,
        { Pace: AttemptPace.Fast } => true,
        { Pace: AttemptPace.LongRunning } when _longSlots <= 0 => false,
        _ => _slowSlots > 0,
    };

    public void Take(string action)
    {
        var capacity = _actions[action];
        _actions[action] = capacity with { Free = capacity.Free - 1 };
        _slowSlots -= capacity.Pace == AttemptPace.Fast ? 0 : 1;
        _longSlots -= capacity.Pace == AttemptPace.LongRunning ? 1 : 0;
    }
}
