using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Relational;

internal sealed class RemoteLeaseStore(IDatabase database) : IRemoteLeaseStore
{
    public Task<RemoteLease?> FindAsync(Guid token, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync("find_remote_lease", Read, Parameter.Id("@token", token)), cancellationToken);

    public async Task<RemoteRenewal> RenewAsync(Guid token, TimeSpan duration, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session => session.FindAsync<RemoteRenewal>(
                "renew_remote_lease",
                static row => new RemoteRenewal.Renewed(row.Time("lease_expires_at"), row.Span("expires_in")),
                Parameter.Id("@token", token),
                Parameter.Span("@duration", duration)),
            cancellationToken).ConfigureAwait(false)
        ?? await database.ReadAsync(session => FindEndAsync(session, token), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<ExpiredRemoteLease>> FindExpiredAsync(int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "find_expired_remote_leases",
                static row => new ExpiredRemoteLease(Read(row), row.Flag("ran_out")),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public Task<int> CountAsync(Guid siloId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FindAsync("count_remote_leases", static row => (int)row.BigInteger("open"), Parameter.Id("@silo", siloId)), cancellationToken);

    /// <summary>Why a lease is not held: an attempt that has neither been settled nor expired was ended by somebody else.</summary>
    private static async Task<RemoteRenewal> FindEndAsync(Session session, Guid token)
    {
        if (await session.FindAsync("find_remote_lease", Read, Parameter.Id("@token", token)).ConfigureAwait(false) is not { IsSettled: false } lease)
        {
            return new RemoteRenewal.Lost();
        }

        var end = await session.FindAsync<(string Status, string? Code)?>(
            "find_end_of",
            static row => (row.Text("status"), row.TextOrNull("error_code")),
            Parameter.Id("@id", lease.Lease.TaskId)).ConfigureAwait(false);
        return end is { Status: var status, Code: var code } && (TaskStateNames.Parse(status) == TaskState.Cancelled || code == ErrorCodes.DeadlineExceeded)
            ? new RemoteRenewal.Cancelled()
            : new RemoteRenewal.Lost();
    }

    private static RemoteLease Read(Row row) => new()
    {
        Lease = new LeaseId(row.Id("task_id"), row.Id("token")),
        WorkspaceKey = row.BigInteger("workspace_key"),
        Workspace = row.Text("workspace"),
        Lane = row.Text("lane"),
        Attempt = row.Integer("attempt"),
        MaxAttempts = row.Integer("max_attempts"),
        TimeoutMs = row.Integer("timeout_ms"),
        IsProbe = row.Flag("is_probe"),
        Step = EndedWork.ReadStep(row),
        IsSettled = !row.IsNull("settled_at"),
        Ran = row.Span("ran"),
    };
}
