using Orchestrator.Core.Retries;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Execution;

/// <summary>What decides how an attempt goes on that failed, wherever it ran.</summary>
internal interface IAttemptTerms
{
    /// <summary>The number of this attempt, from 1.</summary>
    int Attempt { get; }

    /// <summary>How many the task may use.</summary>
    int MaxAttempts { get; }

    int TimeoutMs { get; }

    /// <summary>Whether it alone uses its provider, to probe it.</summary>
    bool IsProbe { get; }

    RetryPolicy Retries { get; }

    /// <summary>The error of the task where this was its last attempt.</summary>
    TaskError Final(TaskError error);
}
