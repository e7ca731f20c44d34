namespace Orchestrator.Gateway.Mcp;

/// <summary>Every tool that is served.</summary>
internal static class Tools
{
    private static readonly Dictionary<string, ToolDefinition> ByName;

    static Tools()
    {
        All = [.. WorkTools.All, .. SteeringTools.All, .. RunTools.All, .. RunSteeringTools.All, .. ClusterTools.All];
        ByName = All.ToDictionary(tool => tool.Tool.Name, StringComparer.Ordinal);
    }

    public static IReadOnlyList<ToolDefinition> All { get; }

    public static ToolDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}
