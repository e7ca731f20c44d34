using Orchestrator.Core.Priorities;
using Orchestrator.Storage.Priorities;

namespace Orchestrator.Runtime.Priorities;

/// <summary>One scoring at a time for tasks that ask for the same thing.</summary>
internal sealed class ScoreFlights
{
    /// <summary>How many scorings may wait or run.</summary>
    public const int MaxFlights = 1_000;

    /// <summary>How many tasks one scoring may serve.</summary>
    public const int MaxTasks = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Fingerprint, ScoreFlight> _flights = [];

    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _flights.Count >= MaxFlights;
            }
        }
    }

    /// <summary>Lets a scoring that is under way serve a task too; null when there is none, false when it serves too many already.</summary>
    public bool? TryJoin(TaskFingerprint fingerprint, ScorableTask task)
    {
        lock (_lock)
        {
            if (!_flights.TryGetValue(fingerprint.Key, out var flight))
            {
                return null;
            }

            if (flight.Tasks.Count >= MaxTasks)
            {
                return false;
            }

            flight.Tasks.Add(task);
            return true;
        }
    }

    public void Start(ScoreFlight flight)
    {
        lock (_lock)
        {
            _flights.Add(flight.Fingerprint.Key, flight);
        }
    }

    /// <summary>Those whom it serves by now.</summary>
    public IReadOnlyList<ScorableTask> Peek(ScoreFlight flight)
    {
        lock (_lock)
        {
            return [.. flight.Tasks];
        }
    }

    /// <summary>Ends a scoring: nobody joins it any more. Answers whom it serves.</summary>
    public IReadOnlyList<ScorableTask> End(ScoreFlight flight)
    {
        lock (_lock)
        {
            _flights.Remove(flight.Fingerprint.Key);
            return flight.Tasks;
        }
    }
}
