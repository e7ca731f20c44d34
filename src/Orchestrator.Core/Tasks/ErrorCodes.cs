using System.Collections.Frozen;

namespace Orchestrator.Core.Tasks;

/// <summary>The closed set of error codes a task can carry, and whether each is worth another attempt.</summary>
public static class ErrorCodes
{
    public const string Timeout = "timeout";
    public const string WorkerCrashed = "worker_crashed";
    public const string HeartbeatMissed = "heartbeat_missed";
    public const string LeaseLost = "lease_lost";
    public const string RateLimited = "rate_limited";
    public const string ProviderError = "provider_error";
    public const string InvalidOutput = "invalid_output";
    public const string WorkerError = "worker_error";
    public const string ResourceUnavailable = "resource_unavailable";

    public const string InvalidInput = "invalid_input";
    public const string Unservable = "unservable";
    public const string DeadlineExceeded = "deadline_exceeded";
    public const string DepthExceeded = "depth_exceeded";
    public const string BudgetExceeded = "budget_exceeded";
    public const string DependencyFailed = "dependency_failed";
    public const string Cancelled = "cancelled";
    public const string Rejected = "rejected";

    private static readonly FrozenDictionary<string, bool> Retryable = new Dictionary<string, bool>
    {
        [Timeout] = true,
        [WorkerCrashed] = true,
        [HeartbeatMissed] = true,
        [LeaseLost] = true,
        [RateLimited] = true,
        [ProviderError] = true,
        [InvalidOutput] = true,
        [WorkerError] = true,
        [ResourceUnavailable] = true,
        [InvalidInput] = false,
        [Unservable] = false,
        [DeadlineExceeded] = false,
        [DepthExceeded] = false,
        [BudgetExceeded] = false,
        [DependencyFailed] = false,
        [Cancelled] = false,
        [Rejected] = false,
    }.ToFrozenDictionary();

    /// <summary>All codes.</summary>
    public static IReadOnlyCollection<string> All => Retryable.Keys;

    public static bool IsKnown(string code) => Retryable.ContainsKey(code);

    /// <summary>Whether the code is retryable unless the worker says otherwise.</summary>
    public static bool IsRetryable(string code) => Retryable.GetValueOrDefault(code);
}
