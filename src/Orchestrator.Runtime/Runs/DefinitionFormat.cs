namespace Orchestrator.Runtime.Runs;

/// <summary>How a definition is written.</summary>
public enum DefinitionFormat
{
    Json,
    Yaml,
}
