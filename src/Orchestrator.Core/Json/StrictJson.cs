using System.Text.Json;
using System.Text.Unicode;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Json;

/// <summary>Parses JSON as it is taken here: UTF-8, of bounded depth, no member twice, no text that a store cannot hold.</summary>
public static class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = TaskLimits.MaxJsonDepth, AllowDuplicateProperties = false };

    /// <summary>The document, which reads from <paramref name="utf8"/> as long as it lives; null when the text is not taken.</summary>
    /// <param name="report">Gets the JSON Pointer and the fault of every place that must not be.</param>
    /// <param name="malformed">What is wrong when the text is no JSON at all; null when it is.</param>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, Action<string, string> report, out string? malformed)
    {
        malformed = null;
        if (utf8.IsEmpty)
        {
            malformed = "is empty; JSON is expected.";
            return null;
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            malformed = $"is not valid UTF-8 at byte {FindInvalidByte(utf8.Span) + 1}.";
            return null;
        }

        // Text can hold what a store cannot only by way of an escape, so most texts need no second look.
        if (utf8.Span.IndexOf("\\u"u8) < 0)
        {
            try
            {
                return JsonDocument.Parse(utf8, Strict);
            }
            catch (JsonException)
            {
                return Inspect(utf8, report, out malformed);
            }
        }

        return Inspect(utf8, report, out malformed);
    }

    /// <summary>Looks at every token, so that each offending place is named.</summary>
    private static JsonDocument? Inspect(ReadOnlyMemory<byte> utf8, Action<string, string> report, out string? malformed)
    {
        var sound = true;
        malformed = null;
        try
        {
            new JsonScanner((pointer, fault) =>
            {
                sound = false;
                report(pointer, fault);
            }).Scan(utf8.Span);
        }
        catch (JsonException exception)
        {
            malformed = Describe(exception);
            return null;
        }

        return sound ? JsonDocument.Parse(utf8, Strict) : null;
    }

    /// <summary>What a text lacks of being JSON, without the place.</summary>
    internal static string FaultOf(JsonException exception)
    {
        var message = exception.Message;
        var suffix = message.IndexOf(" LineNumber:", StringComparison.Ordinal);

        // The parser's own words for it are advice to programmers of the parser.
        return message.Contains("trailing comma", StringComparison.Ordinal) ? "there is a comma after the last member or item."
            : suffix < 0 ? message
            : message[..suffix];
    }

    private static string Describe(JsonException exception) =>
        $"is malformed at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {FaultOf(exception)}";

    /// <summary>Where the first byte stands that is no UTF-8, from 0; the length where there is none.</summary>
    internal static int FindInvalidByte(ReadOnlySpan<byte> utf8)
    {
        var index = 0;
        while (System.Text.Rune.DecodeFromUtf8(utf8[index..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            index += length;
        }

        return index;
    }
}
