using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Gateway.Dashboard.Shared;

/// <summary>JSON as people read and edit it.</summary>
internal static class PrettyJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(RawJson json)
    {
        using var document = JsonDocument.Parse(json.Utf8);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }

    /// <summary>A wire type, without the members that are null.</summary>
    public static string Of<T>(T value)
    {
        var node = JsonSerializer.SerializeToNode(value, ContractsJson.TypeInfo<T>())!;
        if (node is System.Text.Json.Nodes.JsonObject members)
        {
            foreach (var name in members.Where(member => member.Value is null).Select(member => member.Key).ToList())
            {
                members.Remove(name);
            }
        }

        return node.ToJsonString(Indented);
    }
}
