using System.Buffers;
using Microsoft.Net.Http.Headers;
using Orchestrator.Runtime.Runs;

namespace Orchestrator.Gateway.Requests;

/// <summary>A request's body that is a definition, in JSON or in YAML. What it says is for others to judge.</summary>
internal static class DefinitionBody
{
    /// <summary>What is taken, the first of each format as it is best called.</summary>
    public static readonly string[] MediaTypes = ["application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"];

    public static async Task<DefinitionText> ReadAsync(HttpContext http)
    {
        var format = BodyReader.RequireUtf8(http.Request, FormatOf, "application/json or application/yaml");
        var (buffer, length) = await BodyReader.ReadAsync(http);
        try
        {
            return new DefinitionText(buffer.AsSpan(0, length).ToArray(), format);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static DefinitionFormat? FormatOf(MediaTypeHeaderValue type) =>
        BodyReader.IsJson(type) ? DefinitionFormat.Json
        : MediaTypes.Skip(1).Any(yaml => type.MediaType.Equals(yaml, StringComparison.OrdinalIgnoreCase)) || type.Suffix.Equals("yaml", StringComparison.OrdinalIgnoreCase) ? DefinitionFormat.Yaml
        : null;
}
