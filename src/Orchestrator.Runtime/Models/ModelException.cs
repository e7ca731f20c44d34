using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Models;

/// <summary>A model gave no answer. The message names provider and status and repeats nothing that the provider said: it may quote the key.</summary>
public sealed class ModelException : Exception
{
    public ModelException(ModelFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    public ModelException()
        : this(ModelFailure.Unavailable, "The model gave no answer.")
    {
    }

    public ModelException(string message)
        : this(ModelFailure.Unavailable, message)
    {
    }

    public ModelException(string message, Exception innerException)
        : this(ModelFailure.Unavailable, message, innerException)
    {
    }

    public ModelFailure Failure { get; }

    /// <summary>How long the provider wants to be left alone, where it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was used all the same, as far as the provider said so before it failed.</summary>
    public TaskUsage? Usage { get; init; }

    /// <summary>Who failed: <c>provider/model</c>; null where that is not known.</summary>
    public string? Model { get; init; }
}
