namespace Orchestrator.Client.Workers;

/// <summary>Thrown by a handler to say how the attempt failed.</summary>
/// <param name="code">One of the error codes of a task, such as <c>invalid_input</c> or <c>provider_error</c>.</param>
/// <param name="message">For a person.</param>
public sealed class RemoteTaskException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    /// <summary>Whether another attempt is worth while; null for what holds for the code.</summary>
    public bool? Retryable { get; init; }

    /// <summary>How long to wait before the next attempt, where somebody asked for that.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
