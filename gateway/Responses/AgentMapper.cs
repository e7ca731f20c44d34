using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Json;
using Orchestrator.Core.Agents;
using Orchestrator.Storage.Agents;

namespace Orchestrator.Gateway.Responses;

internal static class AgentMapper
{
    public static AgentResponse ToResponse(this AgentRecord agent)
    {
        var definition = agent.Definition;
        return new AgentResponse
        {
            Name = definition.Name,
            Action = AgentActions.Of(definition.Name),
            Description = definition.Description,
            Instructions = definition.Instructions,
            Model = definition.Model,
            Fallbacks = definition.Fallbacks,
            Skills = definition.Skills,
            Tools = definition.Tools,
            McpServers = [.. definition.McpServers.Select(ToBody)],
            MaxTurns = definition.MaxTurns,
            TurnTimeoutMs = definition.TurnTimeoutMs,
            OutputSchema = RawJson.From(definition.OutputSchema),
            MaxOutputTokens = definition.MaxOutputTokens,
            Temperature = definition.Temperature,
            Version = agent.Version,
            CreatedAt = agent.CreatedAt,
            UpdatedAt = agent.UpdatedAt,
        };
    }

    /// <summary>Of what may be secret only the names; of a command's and a URL's own members only its own, so that the answer can be sent back.</summary>
    private static McpServerBody ToBody(McpServer server) => new()
    {
        Name = server.Name,
        Url = server.Url,
        Command = server.Command,
        Args = server.Command is null ? null : server.Args,
        Env = server.Command is null ? null : NamesOf(server.Env),
        Headers = server.Url is null ? null : NamesOf(server.Headers),
        Tools = server.Tools,
    };

    private static Dictionary<string, string?> NamesOf(IReadOnlyDictionary<string, string> secrets) =>
        secrets.Keys.ToDictionary(static name => name, static _ => default(string));
}
