using System.Text;
using Orchestrator.Core.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Runtime.Definitions;

/// <summary>Reads definitions in YAML; the same mistakes are told as for JSON, and the same document comes of it.</summary>
public static class YamlDefinitionReader
{
    private const char ByteOrderMark = '\uFEFF';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a document in YAML 1.2, UTF-8.</summary>
    public static DefinitionResult Read(ReadOnlyMemory<byte> utf8)
    {
        var problems = new ProblemList();
        var root = DefinitionReader.IsTooLarge(utf8.Length, problems) || Decode(utf8.Span, problems) is not { } text ? null : YamlSource.Read(text, problems);
        return DefinitionReader.Read(root, problems);
    }

    private static string? Decode(ReadOnlySpan<byte> utf8, ProblemList problems)
    {
        string text;
        try
        {
            text = Strict.GetString(utf8);
        }
        catch (DecoderFallbackException exception)
        {
            var sound = Encoding.UTF8.GetString(utf8[..Math.Max(0, exception.Index)]);
            problems.Add(JsonPointer.Root, YamlPlaces.After(new SourcePlace(1, 1), sound), "is not valid UTF-8 from here on.");
            return null;
        }

        // The parser takes NUL for the end of the text.
        var nul = text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            problems.Add(JsonPointer.Root, YamlPlaces.After(new SourcePlace(1, 1), text.AsSpan(0, nul)), "contains NUL.");
            return null;
        }

        return text.Length > 0 && text[0] == ByteOrderMark ? text[1..] : text;
    }
}
