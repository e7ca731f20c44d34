using System.Text.Json;
using Orchestrator.Contracts.Definitions;
using Orchestrator.Core.Agents;
using Orchestrator.Storage.Agents;
using Orchestrator.Storage.Silos;

namespace Orchestrator.Gateway.Api;

/// <summary>Finds the steps of a definition whose work nobody does at the moment.</summary>
internal sealed class DefinitionWarnings(SiloDirectory silos, IAgentStore agents)
{
    private const string NobodyServes = "which nobody serves now; such a step waits until somebody does.";

    /// <param name="document">A sound definition, as JSON in UTF-8.</param>
    public async Task<IReadOnlyList<DefinitionWarning>> FindAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        var served = (await silos.ListPresentAsync(cancellationToken)).Where(static silo => !silo.Draining).SelectMany(static silo => silo.Actions).ToLookup(static action => action.Name, StringComparer.Ordinal);
        using var definition = JsonDocument.Parse(document);
        var named = NamesOf(definition.RootElement).Where(name => !served[name.Action].Any(static action => action.UnavailableReason is null)).ToList();
        var known = named.Exists(static name => name.Agent is not null)
            ? (await agents.ListVersionsAsync(cancellationToken)).Select(static agent => agent.Name).ToHashSet(StringComparer.Ordinal)
            : [];
        return [.. named.Select(name => new DefinitionWarning(name.Path, MessageOf(name.Action, name.Agent, known, served[name.Action].FirstOrDefault())))];
    }

    private static string MessageOf(string action, string? agent, HashSet<string> known, SiloAction? unavailable) => (agent, unavailable) switch
    {
        (AgentActions.AnyName, _) when known.Count == 0 => "is for any agent, and there is none; such a step waits until there is one.",
        ({ } name and not AgentActions.AnyName, _) when !known.Contains(name) => $"names the agent {name}, which there is not; such a step waits until there is.",
        (_, { UnavailableReason: { } reason }) => $"names {action}, {NobodyServes} A silo says: {reason}",
        _ => $"names {action}, {NobodyServes}",
    };

    /// <summary>The actions of the steps and of what undoes them, each with its place; of agents also their names.</summary>
    private static IEnumerable<(string Path, string Action, string? Agent)> NamesOf(JsonElement definition)
    {
        foreach (var (index, step) in definition.GetProperty("steps").EnumerateArray().Index())
        {
            var path = JsonPointer.Append(JsonPointer.Append(JsonPointer.Root, "steps"), index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (TextOf(step, "action") is { } action)
            {
                yield return (JsonPointer.Append(path, "action"), action, null);
            }

            if (TextOf(step, "agent") is { } agent)
            {
                yield return (JsonPointer.Append(path, "agent"), AgentActions.Of(agent), agent);
            }

            if (step.TryGetProperty("compensate", out var compensate) && compensate.ValueKind == JsonValueKind.Object && TextOf(compensate, "action") is { } undoing)
            {
                yield return (JsonPointer.Append(JsonPointer.Append(path, "compensate"), "action"), undoing, null);
            }
        }
    }

    private static string? TextOf(JsonElement holder, string member) =>
        holder.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
