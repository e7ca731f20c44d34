namespace Orchestrator.Core.Runs.Definitions;

/// <summary>Reads definitions and checks them as a whole.</summary>
public static class DefinitionReader
{
    /// <summary>Reads a document in JSON, UTF-8.</summary>
    public static DefinitionResult ReadJson(ReadOnlyMemory<byte> utf8) => throw new NotImplementedException();
}
