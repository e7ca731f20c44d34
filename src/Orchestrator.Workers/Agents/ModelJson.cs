using System.Text;
using System.Text.Json;
using Orchestrator.Core.Json;

namespace Orchestrator.Workers.Agents;

/// <summary>Reads JSON that a model wrote as strictly as that of clients: no member twice, no text that a store cannot hold.</summary>
internal static class ModelJson
{
    private const int MaxFaults = 20;

    /// <summary>Null, and what is wrong, when it is not taken.</summary>
    public static JsonDocument? Parse(string text, out string fault)
    {
        var faults = new List<string>();
        var document = StrictJson.Parse(Encoding.UTF8.GetBytes(text), (path, problem) => faults.Add($"{(path.Length == 0 ? "(all)" : path)} {problem}"), out var malformed);
        fault = malformed is null ? string.Join(' ', faults.Take(MaxFaults)) : $"the text {malformed}";
        return document;
    }
}
