using Orchestrator.Core.Agents;

namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>Keeps what a definition keeps secret out of what tools say: a server may repeat its own key.</summary>
internal sealed class Secrets(McpServer server)
{
    /// <summary>Shorter ones would hide ordinary words.</summary>
    private const int ShortestHidden = 6;

    private readonly string[] _values =
        [.. server.Env.Values.Concat(server.Headers.Values).SelectMany(Parts).Where(static value => value.Length >= ShortestHidden).Distinct().OrderByDescending(static value => value.Length)];

    public string Hide(string text) => _values.Aggregate(text, static (said, secret) => said.Replace(secret, "[secret]", StringComparison.Ordinal));

    /// <summary>A header may say before its secret what kind it is, and a secret of several lines may be said line by line.</summary>
    private static IEnumerable<string> Parts(string value) =>
        value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? [value, value["Bearer ".Length..]]
            : [value, .. value.Split('\n', StringSplitOptions.TrimEntries)];
}
