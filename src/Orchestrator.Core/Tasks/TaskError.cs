namespace Orchestrator.Core.Tasks;

/// <summary>Why an attempt, and at last a task, failed. <paramref name="Code"/> is one of <see cref="ErrorCodes"/>.</summary>
public sealed record TaskError(string Code, string Message, bool Retryable)
{
    /// <summary>Longest message that is kept; the rest is cut.</summary>
    public const int MaxMessageLength = 4_000;

    /// <summary>An error with the code's own answer to whether it is retryable.</summary>
    public static TaskError Of(string code, string message) => new(code, Clip(message), ErrorCodes.IsRetryable(code));

    /// <summary>The text as the store takes it: bounded, and without NUL, which PostgreSQL text cannot hold.</summary>
    public static string Clip(string message) => Clip(message, MaxMessageLength);

    /// <summary>The same error with a remark, for which a long message makes room.</summary>
    public TaskError Adding(string remark) => this with { Message = $"{Clip(Message, MaxMessageLength - remark.Length - 3)} ({remark})" };

    private static string Clip(string message, int length)
    {
        var clean = message.Replace('\0', '\uFFFD');
        if (clean.Length <= length)
        {
            return clean;
        }

        // Not between the halves of a surrogate pair, which alone are no text.
        return clean[..(char.IsHighSurrogate(clean[length - 1]) ? length - 1 : length)];
    }
}
