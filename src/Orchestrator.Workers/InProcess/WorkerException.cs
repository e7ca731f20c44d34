using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers;

/// <summary>Ends an attempt with a named outcome.</summary>
public sealed class WorkerException : Exception
{
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="message">Said to whoever submitted the task.</param>
    /// <param name="retryable">Whether another attempt may help; null for the code's own answer.</param>
    /// <param name="retryAfter">The shortest time to wait before the next attempt, if one was asked for.</param>
    /// <exception cref="ArgumentException">The code is not one of <see cref="ErrorCodes"/>.</exception>
    public WorkerException(string code, string message, bool? retryable = null, TimeSpan? retryAfter = null)
        : base(message)
    {
        if (!ErrorCodes.IsKnown(code))
        {
            throw new ArgumentException($"'{code}' is not an error code; use one of {string.Join(", ", ErrorCodes.All.Order(StringComparer.Ordinal))}.", nameof(code));
        }

        Code = code;
        Retryable = retryable ?? ErrorCodes.IsRetryable(code);
        RetryAfter = retryAfter;
    }

    public string Code { get; }

    public bool Retryable { get; }

    public TimeSpan? RetryAfter { get; }
}
