using System.Globalization;

namespace Orchestrator.Workers.Agents.Loop;

/// <summary>What tools answer, as the model gets it.</summary>
internal static class ToolText
{
    /// <summary>The longest result, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>The text, or its beginning with a note of how much is missing.</summary>
    public static string Cut(string text, int maxLength = MaxLength, string why = "left out")
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        // Not between the halves of a surrogate pair, which alone are no text.
        var kept = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)}\n[{text.Length - kept} of {text.Length} characters {why}]");
    }
}
