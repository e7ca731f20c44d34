using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Orchestrator.Gateway.Mcp;

/// <summary>A tool, and the request of the API that it stands for.</summary>
/// <param name="Tool">What agents see of it.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Path">The request's path, with the arguments that stand in it in braces: <c>/tasks/{task}/why</c>.</param>
internal sealed record ToolDefinition(Tool Tool, string Method, string Path)
{
    /// <summary>Arguments that stand in the query.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>What stands in the query where the caller does not say.</summary>
    public IReadOnlyDictionary<string, string> QueryDefaults { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether <c>wait</c> and <c>idempotencyKey</c> are arguments, which stand in headers.</summary>
    public bool Submits { get; init; }

    /// <summary>Whether <c>idempotencyKey</c> is an argument.</summary>
    public bool TakesKey { get; init; }

    /// <summary>Whether all other arguments are the members of a body.</summary>
    public bool HasBody { get; init; }

    /// <summary>Makes the tool's answer from the API's, where it is another.</summary>
    public Func<JsonElement, JsonElement>? Reshape { get; init; }
}
