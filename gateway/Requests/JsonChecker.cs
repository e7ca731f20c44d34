using System.Text.Json;
using System.Text.Unicode;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Requests;

/// <summary>Parses a body, or says everything that is wrong with it as JSON.</summary>
internal static class JsonChecker
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = TaskLimits.MaxJsonDepth, AllowDuplicateProperties = false };

    /// <summary>The document, which reads from <paramref name="utf8"/> as long as it lives.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            throw Malformed("is empty; JSON is expected.");
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            throw Malformed($"is not valid UTF-8 at byte {InvalidByte(utf8.Span)}.");
        }

        // Text can hold what a store cannot only by way of an escape, so most bodies need no second look.
        if (utf8.Span.IndexOf("\\u"u8) < 0)
        {
            try
            {
                return JsonDocument.Parse(utf8, Strict);
            }
            catch (JsonException)
            {
                return Inspect(utf8);
            }
        }

        return Inspect(utf8);
    }

    /// <summary>Looks at every token, so that each offending place is named.</summary>
    private static JsonDocument Inspect(ReadOnlyMemory<byte> utf8)
    {
        var errors = new FieldErrors();
        try
        {
            new JsonScanner(errors).Scan(utf8.Span);
        }
        catch (JsonException exception)
        {
            throw Malformed(Describe(exception));
        }

        errors.ThrowIfAny();
        return JsonDocument.Parse(utf8, Strict);
    }

    private static string Describe(JsonException exception)
    {
        var message = exception.Message;
        var suffix = message.IndexOf(" LineNumber:", StringComparison.Ordinal);

        // The parser's own words for it are advice to programmers of the parser.
        var fault = message.Contains("trailing comma", StringComparison.Ordinal) ? "there is a comma after the last member or item."
            : suffix < 0 ? message
            : message[..suffix];
        return $"is malformed at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {fault}";
    }

    private static int InvalidByte(ReadOnlySpan<byte> utf8)
    {
        var index = 0;
        while (System.Text.Rune.DecodeFromUtf8(utf8[index..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            index += length;
        }

        return index + 1;
    }

    private static ProblemException Malformed(string message) =>
        new(new Problem(ProblemTypes.MalformedJson, $"The body {message}").At(JsonPointer.Root, message));
}
