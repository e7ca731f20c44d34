namespace Orchestrator.Runtime.Models;

/// <summary>Something that a model may ask to have done.</summary>
/// <param name="Parameters">A JSON Schema of its arguments, in UTF-8.</param>
public sealed record ChatTool(string Name, string Description, ReadOnlyMemory<byte> Parameters);
