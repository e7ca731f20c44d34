using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Core.Timeline;
using Orchestrator.Storage.Timelines;

namespace Orchestrator.Storage.Relational;

internal sealed class TimelineStore(IDatabase database) : ITimelineStore
{
    private const int RowsPerStatement = 500;

    /// <summary>A row as its statement takes it.</summary>
    internal sealed record WrittenRow
    {
        [JsonPropertyName("workspace_key")]
        public required long WorkspaceKey { get; init; }

        [JsonPropertyName("at")]
        public required long At { get; init; }

        [JsonPropertyName("action")]
        public required string Action { get; init; }

        [JsonPropertyName("submitted")]
        public required long Submitted { get; init; }

        [JsonPropertyName("completed")]
        public required long Completed { get; init; }

        [JsonPropertyName("failed")]
        public required long Failed { get; init; }

        [JsonPropertyName("cancelled")]
        public required long Cancelled { get; init; }

        [JsonPropertyName("retried")]
        public required long Retried { get; init; }

        [JsonPropertyName("input_tokens")]
        public required long InputTokens { get; init; }

        [JsonPropertyName("output_tokens")]
        public required long OutputTokens { get; init; }

        [JsonPropertyName("cost_nanos")]
        public required long CostNanos { get; init; }

        [JsonPropertyName("waits")]
        public required string Waits { get; init; }

        [JsonPropertyName("durations")]
        public required string Durations { get; init; }
    }

    public Action<TaskNews>? News
    {
        get => database.News;
        set => database.News = value;
    }

    public Task<DateTimeOffset> WriteAsync(Guid process, IReadOnlyList<TimelineRow> rows, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var part in rows.Chunk(RowsPerStatement))
                {
                    await session.ExecuteAsync(
                        "write_timeline",
                        Parameter.Id("@process", process),
                        Parameter.Text("@rows", JsonSerializer.Serialize(Array.ConvertAll(part, ToWritten), StorageJson.Default.WrittenRowArray))).ConfigureAwait(false);
                }

                return await session.NowAsync().ConfigureAwait(false);
            },
            cancellationToken);

    public Task<TimelineRecord> ReadAsync(TimelineQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var range = BucketRange.Until(await session.NowAsync().ConfigureAwait(false), query.BucketSize, query.Duration);
                List<long> keys = query.Workspaces is null
                    ? [TimelineRow.All]
                    : await session.QueryAsync("find_workspace_keys", static row => row.BigInteger("key"), Parameter.TextList("@ids", query.Workspaces)).ConfigureAwait(false);
                var buckets = new TimelineFigures[range.Count];
                for (var i = 0; i < buckets.Length; i++)
                {
                    buckets[i] = new TimelineFigures();
                }

                await session.QueryAsync(
                    "list_timeline",
                    row =>
                    {
                        var place = range.PlaceOf(row.Time("bucket_at"));
                        Add(row, buckets[place]);
                        return place;
                    },
                    Parameter.BigIntegerList("@keys", keys),
                    Parameter.Text("@action", query.Action ?? ""),
                    Parameter.Time("@from", range.From)).ConfigureAwait(false);
                return new TimelineRecord(range.From, query.BucketSize, buckets);
            },
            cancellationToken);

    private static void Add(Row row, TimelineFigures figures)
    {
        figures.AddCounts(row.BigInteger("submitted"), row.BigInteger("completed"), row.BigInteger("failed"), row.BigInteger("cancelled"), row.BigInteger("retried"));
        figures.AddUsage(row.BigInteger("input_tokens"), row.BigInteger("output_tokens"), row.BigInteger("cost_nanos"));
        figures.Waits.Add(row.Text("waits"));
        figures.Durations.Add(row.Text("durations"));
    }

    private static WrittenRow ToWritten(TimelineRow row) => new()
    {
        WorkspaceKey = row.WorkspaceKey,
        At = UnixTime.ToMicroseconds(row.At),
        Action = row.Action,
        Submitted = row.Figures.Submitted,
        Completed = row.Figures.Completed,
        Failed = row.Figures.Failed,
        Cancelled = row.Figures.Cancelled,
        Retried = row.Figures.Retried,
        InputTokens = row.Figures.InputTokens,
        OutputTokens = row.Figures.OutputTokens,
        CostNanos = row.Figures.CostNanos,
        Waits = row.Figures.Waits.ToString(),
        Durations = row.Figures.Durations.ToString(),
    };
}
