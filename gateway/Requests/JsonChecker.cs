using System.Text.Json;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Requests;

/// <summary>Parses a body, or says everything that is wrong with it as JSON.</summary>
internal static class JsonChecker
{
    /// <summary>The document, which reads from <paramref name="utf8"/> as long as it lives.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        var errors = new FieldErrors();
        if (StrictJson.Parse(utf8, errors.Malformed, out var malformed) is { } document)
        {
            return document;
        }

        throw malformed is null
            ? new ProblemException(errors.ToProblem())
            : new ProblemException(new Problem(ProblemTypes.MalformedJson, $"The body {malformed}").At(JsonPointer.Root, malformed));
    }
}
