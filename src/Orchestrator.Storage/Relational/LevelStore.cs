using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Core.Resources;
using Orchestrator.Core.Timeline;
using Orchestrator.Storage.Resources;

namespace Orchestrator.Storage.Relational;

internal sealed class LevelStore(IDatabase database) : ILevelStore
{
    /// <summary>A row as its statement takes it.</summary>
    internal sealed record WrittenLevel(
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("available")] long Available,
        [property: JsonPropertyName("most")] int Most);

    public Task<TimeSpan> SampleAsync(TimeSpan bucketSize, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var now = await session.NowAsync().ConfigureAwait(false);
                var at = BucketSizes.StartOf(now, bucketSize);
                if (!await session.AnyAsync("any_level", Parameter.Time("@at", at)).ConfigureAwait(false))
                {
                    await WriteAsync(session, at, now).ConfigureAwait(false);
                }

                return at + bucketSize - now;
            },
            cancellationToken);

    public Task<LevelRecord?> ReadAsync(string name, TimeSpan bucketSize, TimeSpan duration, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                if (!await session.AnyAsync("find_resource_bounds", Parameter.TextList("@names", [name])).ConfigureAwait(false))
                {
                    return null;
                }

                var range = BucketRange.Until(await session.NowAsync().ConfigureAwait(false), bucketSize, duration);
                var samples = new LevelSample?[range.Count];
                await session.QueryAsync(
                    "list_levels",
                    row => samples[range.PlaceOf(row.Time("bucket_at"))] =
                        new LevelSample(row.BigInteger("available") / (decimal)TokenBucket.Token, row.Integer("most")),
                    Parameter.Text("@name", name),
                    Parameter.Time("@from", range.From)).ConfigureAwait(false);
                return new LevelRecord(range.From, bucketSize, samples);
            },
            cancellationToken);

    private static async Task WriteAsync(Session session, DateTimeOffset at, DateTimeOffset now)
    {
        var resources = await session.QueryAsync("list_bounds", ResourceRow.Read).ConfigureAwait(false);
        if (resources.Count == 0)
        {
            return;
        }

        var held = await session.ReadHeldAsync().ConfigureAwait(false);
        var rows = resources.Select(resource => new WrittenLevel(resource.Name, resource.Free(held, now), (int)(resource.Most / TokenBucket.Token)));
        await session.ExecuteAsync(
            "write_levels",
            Parameter.Time("@at", at),
            Parameter.Text("@rows", JsonSerializer.Serialize([.. rows], StorageJson.Default.WrittenLevelArray))).ConfigureAwait(false);
    }
}
