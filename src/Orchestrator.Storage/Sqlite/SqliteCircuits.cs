using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Sqlite;

/// <summary>
/// What the circuits of workspaces let start in a turn; <c>orc_gate</c> is the same on PostgreSQL. A task whose provider is ill goes
/// aside, unless it is the one that probes it. The transaction is the lock.
/// </summary>
internal sealed class SqliteCircuits(SqliteSession session, IReadOnlyList<ActionCapacity> actions, DateTimeOffset now)
{
    /// <summary>How many tasks one turn puts aside; the next turn goes on.</summary>
    private const int MaxParked = 1_000;

    private readonly Dictionary<long, List<CircuitRecord>> _circuits = [];
    private readonly Dictionary<(long Key, string Provider), Guid> _probes = [];

    public int Parked { get; private set; }

    public bool MayPark => Parked < MaxParked;

    /// <summary>Whether a task may start; where not, it goes aside.</summary>
    public bool TryPass(long key, SqliteHead head)
    {
        if (actions.First(offered => offered.Action == head.Action).Provider is not { } provider || Find(key, provider) is not { } record)
        {
            return true;
        }

        if (record.Circuit.State == CircuitState.Open && record.Circuit.RetryAt <= now && _probes.TryAdd((key, provider), head.Id))
        {
            return true;
        }

        Park(key, record, head);
        return false;
    }

    public bool IsProbe(Guid id) => _probes.ContainsValue(id);

    /// <summary>Writes down which of the attempts that start probe a provider.</summary>
    public void NoteProbes(IReadOnlyList<ClaimedTask> claimed)
    {
        foreach (var ((key, provider), id) in _probes)
        {
            if (claimed.FirstOrDefault(task => task.Lease.TaskId == id) is { } probe)
            {
                session.Execute(
                    "note_probe",
                    Parameter.BigInteger("@key", key),
                    Parameter.Text("@provider", provider),
                    Parameter.Id("@id", id),
                    Parameter.Id("@token", probe.Lease.Token),
                    Parameter.Time("@now", now),
                    Parameter.Time("@look_at", now + CircuitQueue.LookEvery));
            }
        }
    }

    /// <summary>The circuit, unless it is closed.</summary>
    private CircuitRecord? Find(long key, string provider)
    {
        if (!_circuits.TryGetValue(key, out var circuits))
        {
            circuits = [.. session.ReadCircuitsAsync([key]).GetAwaiter().GetResult().Select(static one => one.Circuit)];
            _circuits.Add(key, circuits);
        }

        return circuits.Find(one => one.Provider == provider && one.Circuit.State != CircuitState.Closed);
    }

    private void Park(long key, CircuitRecord record, SqliteHead head)
    {
        Parked++;
        session.Execute(
            "park_for_provider",
            Parameter.Id("@id", head.Id),
            Parameter.Text("@provider", record.Provider),
            Parameter.Time("@now", now),
            Parameter.Text("@data", new EventData { Provider = record.Provider }.ToJson()));
        if (record.LookAt is null)
        {
            var retryAt = record.Circuit.RetryAt ?? now + CircuitQueue.LookEvery;
            session.Execute(
                "look_at_circuit",
                Parameter.BigInteger("@key", key),
                Parameter.Text("@provider", record.Provider),
                Parameter.Time("@look_at", retryAt > now ? retryAt : now),
                Parameter.Time("@now", now));
        }
    }
}
