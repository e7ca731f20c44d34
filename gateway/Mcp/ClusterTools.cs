using System.Text.Json;
using System.Text.Json.Nodes;
using static Orchestrator.Gateway.Mcp.ToolFactory;

namespace Orchestrator.Gateway.Mcp;

/// <summary>Tools that show what there is.</summary>
internal static class ClusterTools
{
    public static IReadOnlyList<ToolDefinition> All { get; } =
    [
        new(
            Make(
                "list_actions",
                "List the actions that can be executed",
                "Lists the actions that silos serve now: how many silos, how many tasks at a time, which skills; or why an action that is known cannot be served.",
                "",
                "",
                Reads(),
                """
                {"type": "object", "required": ["actions"], "properties": {"actions": {"type": "array", "items": {"type": "object", "required": ["action", "silos"], "properties": {
                  "action": {"type": "string"}, "silos": {"type": "integer", "description": "How many can execute it now."}, "concurrency": {"type": "integer", "description": "How many tasks at a time, all silos together."},
                  "skills": {"type": "object", "description": "Best proficiency by skill, up to 1."}, "unavailableReason": {"type": "string"}}}}}}
                """),
            HttpMethods.Get,
            "/silos") { Reshape = ActionsOf },
        new(
            Make(
                "list_workspaces",
                "List workspaces",
                "Lists the workspaces: a workspace owns tasks and decides which of them matters most, within its limits. Shows its goal, limits, whether it is paused.",
                $"{Limit}, {Cursor}",
                "",
                Reads(),
                PageOf("""{"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "name": {"type": ["string", "null"]}, "goal": {"type": ["string", "null"]}}}""")),
            HttpMethods.Get,
            "/workspaces") { Query = ["limit", "cursor"], QueryDefaults = new Dictionary<string, string> { ["limit"] = "20" } },
    ];

    /// <summary>What the silos that are there say of each action, put together.</summary>
    private static JsonElement ActionsOf(JsonElement silos)
    {
        var offers = silos.GetProperty("items").EnumerateArray()
            .Where(silo => silo.GetProperty("state").GetString() == "active")
            .SelectMany(silo => silo.GetProperty("actions").EnumerateArray())
            .GroupBy(offer => offer.GetProperty("action").GetString()!, StringComparer.Ordinal)
            .OrderBy(offer => offer.Key, StringComparer.Ordinal);
        return JsonSerializer.SerializeToElement(new JsonObject { ["actions"] = new JsonArray([.. offers.Select(Summarize)]) });
    }

    private static JsonNode Summarize(IGrouping<string, JsonElement> offers)
    {
        var served = offers.Where(offer => Reason(offer) is null).ToList();
        var summary = new JsonObject
        {
            ["action"] = offers.Key,
            ["silos"] = served.Count,
            ["concurrency"] = served.Sum(offer => offer.GetProperty("concurrency").GetInt32()),
        };
        var skills = served.Where(offer => offer.TryGetProperty("skills", out _))
            .SelectMany(offer => offer.GetProperty("skills").EnumerateObject())
            .GroupBy(skill => skill.Name, StringComparer.Ordinal)
            .Select(skill => KeyValuePair.Create(skill.Key, (JsonNode?)skill.Max(one => one.Value.GetDouble())))
            .ToList();
        if (skills.Count > 0)
        {
            summary["skills"] = new JsonObject(skills);
        }

        if (served.Count == 0)
        {
            summary["unavailableReason"] = Reason(offers.First());
        }

        return summary;
    }

    private static string? Reason(JsonElement offer) => offer.GetProperty("unavailableReason").GetString();
}
