using System.Text.Json;
using Orchestrator.Storage.Silos;

namespace Orchestrator.Storage.Relational;

internal sealed class SiloStore(IDatabase database) : ISiloStore
{
    /// <summary>A silo that died without removing itself is forgotten after this long.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);

    public Task<bool> ReportAsync(SiloRecord silo, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("forget_silos", Parameter.Span("@silence", ForgottenAfter)).ConfigureAwait(false);
                return await session.FindAsync(
                    "report_silo",
                    static row => row.Flag("drain_requested"),
                    Parameter.Id("@id", silo.Id),
                    Parameter.Text("@name", silo.Name),
                    Parameter.Text("@host", silo.Host),
                    Parameter.Integer("@process_id", silo.ProcessId),
                    Parameter.Integer("@slots", silo.Slots),
                    Parameter.Integer("@busy", silo.Busy),
                    Parameter.Text("@actions", JsonSerializer.Serialize(silo.Actions, StorageJson.Default.IReadOnlyListSiloAction)),
                    Parameter.Flag("@draining", silo.Draining)).ConfigureAwait(false);
            },
            cancellationToken);

    public async Task<IReadOnlyList<SiloRecord>> ListAsync(TimeSpan silence, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => session.QueryAsync("list_silos", Read, Parameter.Span("@silence", silence)), cancellationToken)
            .ConfigureAwait(false);

    public async Task<IReadOnlyList<string>> FindReadyLanesAsync(IReadOnlyCollection<string> skills, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_ready_lanes", static row => row.Text("lane"), Parameter.TextList("@skills", [.. skills]), Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public Task<bool> RequestDrainAsync(Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session => await session.ExecuteAsync("request_drain", Parameter.Id("@id", id), Parameter.Flag("@flag", true)).ConfigureAwait(false) > 0,
            cancellationToken);

    public Task RemoveAsync(Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.ExecuteAsync("remove_silo", Parameter.Id("@id", id)), cancellationToken);

    private static SiloRecord Read(Row row) => new()
    {
        Id = row.Id("id"),
        Name = row.Text("name"),
        Host = row.Text("host"),
        ProcessId = row.Integer("process_id"),
        Slots = row.Integer("slots"),
        Busy = row.Integer("busy"),
        Actions = JsonSerializer.Deserialize(row.Text("actions"), StorageJson.Default.SiloActionArray)!,
        Draining = row.Flag("draining"),
        StartedAt = row.Time("started_at"),
        HeartbeatAt = row.Time("heartbeat_at"),
        Silence = row.Span("silence"),
    };
}
