using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Workers.Pool;

/// <summary>
/// The pool of long-lived worker processes: <c>config/orchestrator.json</c>. Each number can also be given as the environment
/// variable named with it, which overrides the file; options set in code override both.
/// </summary>
public sealed class ProcessPoolOptions
{
    public const int DefaultPoolSize = 2;
    public const int DefaultRequestTimeoutMs = 120_000;
    public const int DefaultMaxTaskRetries = 1;
    public const int DefaultHeartbeatIntervalMs = 5_000;
    public const int DefaultHeartbeatTimeoutMs = 15_000;
    public const int DefaultWorkerStartTimeoutMs = 30_000;

    private const int Day = 24 * 60 * 60 * 1000;

    /// <summary>Processes of each worker command; each handles one request at a time. Default: 2. <c>ORCHESTRATOR_POOL_SIZE</c>.</summary>
    [Range(1, 1_000)]
    public int PoolSize { get; set; } = DefaultPoolSize;

    /// <summary>Time limit of one request in milliseconds, after which its process is killed and the attempt ends as <c>timeout</c>. Default: 120,000. <c>ORCHESTRATOR_REQUEST_TIMEOUT_MS</c>.</summary>
    [Range(1, Day)]
    public int RequestTimeoutMs { get; set; } = DefaultRequestTimeoutMs;

    /// <summary>How often a task is tried again, within what the task allows. Default: 1. <c>ORCHESTRATOR_MAX_TASK_RETRIES</c>.</summary>
    [Range(0, 99)]
    public int MaxTaskRetries { get; set; } = DefaultMaxTaskRetries;

    /// <summary>How often a process at work is sent a <c>ping</c>, in milliseconds. Default: 5,000. <c>ORCHESTRATOR_HEARTBEAT_INTERVAL_MS</c>.</summary>
    [Range(10, Day)]
    public int HeartbeatIntervalMs { get; set; } = DefaultHeartbeatIntervalMs;

    /// <summary>How long a process at work may be silent, in milliseconds; more than the interval. Then it is killed and the attempt ends as <c>heartbeat_missed</c>. Default: 15,000. <c>ORCHESTRATOR_HEARTBEAT_TIMEOUT_MS</c>.</summary>
    [Range(10, Day)]
    public int HeartbeatTimeoutMs { get; set; } = DefaultHeartbeatTimeoutMs;

    /// <summary>Stops the processes after this many milliseconds without a request; the next request starts them again. Null for never, which is the default; the file also takes <c>0</c> and <c>"off"</c>. <c>ORCHESTRATOR_AUTO_SHUTDOWN_MS</c>.</summary>
    [Range(1, 7 * Day)]
    public int? AutoShutdownMs { get; set; }

    /// <summary>How long a process may take until it says <c>ready</c>, in milliseconds. Null for no limit; the file also takes <c>0</c> and <c>"off"</c>. Default: 30,000. <c>ORCHESTRATOR_WORKER_START_TIMEOUT_MS</c>.</summary>
    [Range(1, Day)]
    public int? WorkerStartTimeoutMs { get; set; } = DefaultWorkerStartTimeoutMs;

    /// <summary>The commands to run. Default: none, so that there is no pool.</summary>
    public IList<PoolWorkerOptions> Workers { get; set; } = [];

    /// <summary>The folder that relative paths, in commands and in the workers themselves, start from. Default: the folder of the file, else of the host's content.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>What stands for <c>{contentRoot}</c> in commands, arguments and environment. Default: the current folder.</summary>
    public string? ContentRoot { get; set; }

    /// <summary>All mistakes, each with what to do about it; empty when there are none.</summary>
    public IReadOnlyList<string> Validate() => ProcessPoolOptionsRules.Check(this);
}
