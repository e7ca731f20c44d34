using System.Text.Json;
using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Circuits;

namespace Orchestrator.Storage.Relational;

/// <summary>How circuits are read from their rows and written to them.</summary>
internal static class CircuitColumns
{
    public static Task<List<(long WorkspaceKey, CircuitRecord Circuit)>> ReadCircuitsAsync(this Session session, IReadOnlyCollection<long> workspaces) =>
        session.QueryAsync("list_circuits", static row => (row.BigInteger("workspace_key"), Read(row)), Parameter.BigIntegerList("@keys", workspaces));

    public static Task WriteCircuitAsync(this Session session, long workspaceKey, CircuitRecord record, DateTimeOffset now) =>
        session.ExecuteAsync(
            "write_circuit",
            Parameter.BigInteger("@key", workspaceKey),
            Parameter.Text("@provider", record.Provider),
            Parameter.Text("@state", record.Circuit.State.ToName()),
            Parameter.Time("@since", record.Circuit.Since),
            Parameter.Text("@failures", JsonSerializer.Serialize([.. record.Circuit.Failures.Select(UnixTime.ToMicroseconds)], StorageJson.Default.Int64Array)),
            Parameter.Span("@pause", record.Circuit.Pause),
            Parameter.Time("@retry_at", record.Circuit.RetryAt),
            Parameter.Id("@probe", record.Circuit.Probe),
            Parameter.Id("@probe_task", record.Circuit.Probe is null ? null : record.ProbeTask),
            Parameter.Time("@missed_at", record.Circuit.MissedAt),
            Parameter.Time("@look_at", record.LookAt),
            Parameter.Time("@now", now));

    private static CircuitRecord Read(Row row)
    {
        var circuit = new Circuit(CircuitStateNames.Parse(row.Text("state")), row.TimeOrNull("since"))
        {
            Failures = [.. JsonSerializer.Deserialize(row.Text("failures"), StorageJson.Default.Int64Array)!.Select(UnixTime.FromMicroseconds)],
            Pause = row.Span("pause"),
            RetryAt = row.TimeOrNull("retry_at"),
            Probe = row.IdOrNull("probe"),
            MissedAt = row.TimeOrNull("missed_at"),
        };
        return new CircuitRecord(row.Text("provider"), circuit, row.TimeOrNull("look_at")) { ProbeTask = row.IdOrNull("probe_task") };
    }
}
