namespace Orchestrator.Benchmarks.Peers;

/// <summary>Another queue that is measured beside ours.</summary>
/// <param name="Name">As in the report.</param>
/// <param name="Script">The script that drives it, without its ending.</param>
/// <param name="IsOnRedis">Whether it keeps its jobs in Redis instead of PostgreSQL.</param>
internal sealed record Peer(string Name, string Script, bool IsOnRedis = false)
{
    public static Peer GraphileWorker { get; } = new("graphile-worker", "graphile-worker");

    public static Peer PgBoss { get; } = new("pg-boss", "pg-boss");

    public static Peer BullMq { get; } = new("BullMQ", "bullmq", IsOnRedis: true);

    public static IReadOnlyList<Peer> All { get; } = [GraphileWorker, PgBoss, BullMq];

    /// <summary>Settings of its own that its script reads.</summary>
    public IReadOnlyDictionary<string, object> Settings { get; init; } = new Dictionary<string, object>();
}
