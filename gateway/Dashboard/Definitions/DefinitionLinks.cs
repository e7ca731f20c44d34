using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Gateway.Dashboard.Definitions;

/// <summary>Addresses of definitions' pages.</summary>
internal static class DefinitionLinks
{
    /// <param name="id"><c>owner/name@version</c>.</param>
    public static string Page(string id)
    {
        var name = DefinitionName.Parse(id)!;
        return $"definitions/{name.Owner}/{name.Name}?version={name.Version}";
    }
}
