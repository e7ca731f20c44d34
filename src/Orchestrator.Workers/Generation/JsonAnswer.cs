using System.Text;
using System.Text.Json;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Generation;

/// <summary>What a model answered that was to follow a schema.</summary>
/// <param name="Value">The answer, where it follows the schema.</param>
/// <param name="Problem">Why it does not, where it does not.</param>
/// <param name="MayBeAskedAgain">Whether the model could do better if it is told the problem.</param>
internal readonly record struct JsonAnswer(JsonElement? Value, string Problem, bool MayBeAskedAgain)
{
    private const int MaxErrors = 20;
    private const int MaxProblemLength = 2_000;

    public static JsonAnswer Read(ChatTurn turn, PayloadSchema schema)
    {
        if (turn.FinishReason is FinishReasons.Length)
        {
            return new JsonAnswer(null, "The answer was cut off by the bound on its output; allow more maxOutputTokens.", false);
        }

        if (turn.FinishReason is FinishReasons.Refusal or FinishReasons.ContentFilter)
        {
            return new JsonAnswer(null, $"The model gave no answer ({turn.FinishReason}).", false);
        }

        var json = Encoding.UTF8.GetBytes(Unwrap(turn.Text));
        var errors = schema.Check(json);
        return errors.Count == 0
            ? new JsonAnswer(JsonDocument.Parse(json).RootElement.Clone(), "", false)
            : new JsonAnswer(null, Describe(errors), true);
    }

    /// <summary>Tells the model what is wrong.</summary>
    public string ToRequest() => $"That does not follow the schema. {Problem} Answer with the corrected JSON and with nothing else.";

    private static string Describe(IReadOnlyList<PayloadError> errors)
    {
        var named = errors.Take(MaxErrors).Select(static error => $"{(error.Path.Length == 0 ? "The answer" : error.Path)} {error.Message}");
        var text = string.Join(' ', errors.Count > MaxErrors ? named.Append("There is more.") : named);
        return text.Length <= MaxProblemLength ? text : text[..(char.IsHighSurrogate(text[MaxProblemLength - 1]) ? MaxProblemLength - 1 : MaxProblemLength)];
    }

    /// <summary>Without the fence that many models put around JSON whatever they are told.</summary>
    private static string Unwrap(string text)
    {
        const string fence = "```";
        var trimmed = text.Trim();
        if (!trimmed.StartsWith(fence, StringComparison.Ordinal) || !trimmed.EndsWith(fence, StringComparison.Ordinal) || trimmed.IndexOf('\n', StringComparison.Ordinal) is not (> 0 and var start))
        {
            return trimmed;
        }

        return start <= trimmed.Length - fence.Length ? trimmed[start..^fence.Length].Trim() : trimmed;
    }
}
