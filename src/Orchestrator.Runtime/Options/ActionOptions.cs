using System.ComponentModel.DataAnnotations;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Options;

/// <summary>One action. Section <c>Actions:{action}</c>.</summary>
public sealed class ActionOptions
{
    public const string Section = "Actions";

    /// <summary>How many attempts of the action run at the same time in one silo. Default: as many as the silo has slots, or what the worker says.</summary>
    [Range(1, 10_000)]
    public int? Concurrency { get; set; }

    /// <summary>Time limit of one attempt where the task names none, in milliseconds. Default: 120,000.</summary>
    [Range(TaskLimits.MinTimeoutMs, TaskLimits.MaxTimeoutMs)]
    public int? TimeoutMs { get; set; }

    /// <summary>What every task of the action needs, by resource, beyond what it names itself: <c>Actions:{action}:Resources:{name}</c> is an amount. Where a task names the same resource, its own amount holds. Default: nothing.</summary>
    public Dictionary<string, int>? Resources { get; set; }

    /// <summary>How well this silo's worker does what needs a skill: <c>Actions:{action}:Skills:{skill}</c> is a proficiency above 0 and up to 1. Tasks that name skills start only where all of them are declared. Default: what the worker says.</summary>
    public Dictionary<string, double>? Skills { get; set; }

    /// <summary>What one attempt costs at most, in the currency of the usage: a workspace with a budget reserves so much before an attempt starts. Default: what the worker says; else an attempt reserves all that is left, so that one runs at a time.</summary>
    [Range(0.0, 90_000_000.0)]
    public decimal? MaxCost { get; set; }

    /// <summary>The provider that its attempts use, such as <c>openai</c>; a name of the form <c>[a-z0-9][a-z0-9._-]{0,62}</c>. After failures of it, tasks of the workspace wait until it is well again (the fuse <c>circuitBreaker</c>). Actions of the same provider share that. Default: what the worker says; else none.</summary>
    public string? Provider { get; set; }

    /// <summary>Upper bound of the first delay between attempts. Default: <c>Retries:BaseDelay</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan? RetryBaseDelay { get; set; }

    /// <summary>Upper bound of every delay between attempts. Default: <c>Retries:MaxDelay</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan? RetryMaxDelay { get; set; }
}
