namespace Orchestrator.Core.Runs.Definitions;

/// <summary><c>owner/name@version</c>.</summary>
public sealed record DefinitionName(string Owner, string Name, string Version)
{
    public override string ToString() => $"{Owner}/{Name}@{Version}";
}
