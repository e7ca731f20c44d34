namespace Orchestrator.Workers.Pool;

/// <summary>One number of the pool's configuration under its three names: in the file, in the environment, in code.</summary>
/// <param name="CanBeOff">Whether <c>null</c>, <c>0</c> and <c>"off"</c> switch it off.</param>
internal sealed record PoolSetting(
    string Key,
    string Variable,
    string Property,
    bool CanBeOff,
    Func<ProcessPoolOptions, int?> Get,
    Action<ProcessPoolOptions, int?> Set)
{
    public static IReadOnlyList<PoolSetting> All { get; } =
    [
        new("poolSize", "ORCHESTRATOR_POOL_SIZE", nameof(ProcessPoolOptions.PoolSize), false, o => o.PoolSize, (o, v) => o.PoolSize = v!.Value),
        new("requestTimeoutMs", "ORCHESTRATOR_REQUEST_TIMEOUT_MS", nameof(ProcessPoolOptions.RequestTimeoutMs), false, o => o.RequestTimeoutMs, (o, v) => o.RequestTimeoutMs = v!.Value),
        new("maxTaskRetries", "ORCHESTRATOR_MAX_TASK_RETRIES", nameof(ProcessPoolOptions.MaxTaskRetries), false, o => o.MaxTaskRetries, (o, v) => o.MaxTaskRetries = v!.Value),
        new("heartbeatIntervalMs", "ORCHESTRATOR_HEARTBEAT_INTERVAL_MS", nameof(ProcessPoolOptions.HeartbeatIntervalMs), false, o => o.HeartbeatIntervalMs, (o, v) => o.HeartbeatIntervalMs = v!.Value),
        new("heartbeatTimeoutMs", "ORCHESTRATOR_HEARTBEAT_TIMEOUT_MS", nameof(ProcessPoolOptions.HeartbeatTimeoutMs), false, o => o.HeartbeatTimeoutMs, (o, v) => o.HeartbeatTimeoutMs = v!.Value),
        new("autoShutdownMs", "ORCHESTRATOR_AUTO_SHUTDOWN_MS", nameof(ProcessPoolOptions.AutoShutdownMs), true, o => o.AutoShutdownMs, (o, v) => o.AutoShutdownMs = v),
        new("workerStartTimeoutMs", "ORCHESTRATOR_WORKER_START_TIMEOUT_MS", nameof(ProcessPoolOptions.WorkerStartTimeoutMs), true, o => o.WorkerStartTimeoutMs, (o, v) => o.WorkerStartTimeoutMs = v),
    ];

    public static PoolSetting? ByKey(string key) => All.FirstOrDefault(setting => setting.Key == key);
}
