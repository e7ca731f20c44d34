using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Storage.Failures;

namespace Orchestrator.Storage.Relational;

internal sealed class ErrorStore(IDatabase database) : IErrorStore
{
    private const int GroupsPerStatement = 500;

    /// <summary>Behind every fingerprint.</summary>
    private const string PastFingerprints = "~";

    /// <summary>A group as its statement takes it.</summary>
    internal sealed record WrittenGroup
    {
        [JsonPropertyName("workspace_key")]
        public required long WorkspaceKey { get; init; }

        [JsonPropertyName("fingerprint")]
        public required string Fingerprint { get; init; }

        [JsonPropertyName("action")]
        public required string Action { get; init; }

        [JsonPropertyName("code")]
        public required string Code { get; init; }

        [JsonPropertyName("message")]
        public required string Message { get; init; }

        [JsonPropertyName("failed")]
        public required long Failed { get; init; }

        [JsonPropertyName("retried")]
        public required long Retried { get; init; }

        [JsonPropertyName("first_at")]
        public required long FirstAt { get; init; }

        [JsonPropertyName("last_at")]
        public required long LastAt { get; init; }

        [JsonPropertyName("last_task_id")]
        public required Guid LastTaskId { get; init; }
    }

    public Task WriteAsync(IReadOnlyList<ErrorGroup> gathered, CancellationToken cancellationToken) =>
        gathered.Count == 0
            ? Task.CompletedTask
            : database.WriteAsync(
                async session =>
                {
                    foreach (var part in gathered.OrderBy(static group => (group.WorkspaceKey, group.Fingerprint)).Chunk(GroupsPerStatement))
                    {
                        var written = await WriteAsync(session, part).ConfigureAwait(false);
                        var others = part
                            .Where(group => !group.IsOther && !written.Contains((group.WorkspaceKey, group.Fingerprint)))
                            .Select(static group => group.AsOther())
                            .GroupBy(static group => group.WorkspaceKey)
                            .Select(static groups => groups.Aggregate(static (sum, group) => sum.Plus(group)))
                            .ToArray();
                        if (others.Length > 0)
                        {
                            await WriteAsync(session, others).ConfigureAwait(false);
                        }
                    }

                    return true;
                },
                cancellationToken);

    public async Task<IReadOnlyList<ErrorRecord>> ListAsync(ErrorQuery query, CancellationToken cancellationToken)
    {
        var fingerprint = Parameter.Text("@fingerprint", query.After?.Fingerprint ?? PastFingerprints);
        var workspace = Parameter.Text("@workspace", query.Workspace);
        var limit = Parameter.Integer("@limit", query.Limit);
        return await database.ReadAsync(
            session => query.MostFrequentFirst
                ? session.QueryAsync(
                    "list_frequent_errors",
                    static row => Read(row, static group => group.Failed),
                    Parameter.BigInteger("@failed", query.After?.Rank ?? long.MaxValue),
                    fingerprint,
                    workspace,
                    limit)
                : session.QueryAsync(
                    "list_recent_errors",
                    static row => Read(row, static group => UnixTime.ToMicroseconds(group.LastAt)),
                    Parameter.Time("@last_at", query.After is { } after ? UnixTime.FromMicroseconds(after.Rank) : DateTimeOffset.MaxValue),
                    fingerprint,
                    workspace,
                    limit),
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<HashSet<(long, string)>> WriteAsync(Session session, ErrorGroup[] groups) =>
        (await session.QueryAsync(
            "write_errors",
            static row => (row.BigInteger("workspace_key"), row.Text("fingerprint")),
            Parameter.Text("@rows", JsonSerializer.Serialize(Array.ConvertAll(groups, ToWritten), StorageJson.Default.WrittenGroupArray)),
            Parameter.Integer("@most", ErrorGroup.MaxPerWorkspace)).ConfigureAwait(false)).ToHashSet();

    private static WrittenGroup ToWritten(ErrorGroup group) => new()
    {
        WorkspaceKey = group.WorkspaceKey,
        Fingerprint = group.Fingerprint,
        Action = group.Action,
        Code = group.Code,
        Message = group.Message,
        Failed = group.Failed,
        Retried = group.Retried,
        FirstAt = UnixTime.ToMicroseconds(group.FirstAt),
        LastAt = UnixTime.ToMicroseconds(group.LastAt),
        LastTaskId = group.LastTaskId,
    };

    private static ErrorRecord Read(Row row, Func<ErrorGroup, long> rank)
    {
        var group = new ErrorGroup(
            row.BigInteger("workspace_key"), row.Text("fingerprint"), row.Text("action"), row.Text("code"), row.Text("message"))
        {
            Failed = row.BigInteger("failed"),
            Retried = row.BigInteger("retried"),
            FirstAt = row.Time("first_at"),
            LastAt = row.Time("last_at"),
            LastTaskId = row.Id("last_task_id"),
        };
        return new ErrorRecord(row.Text("workspace"), group, new ErrorPlace(rank(group), group.Fingerprint));
    }
}
