namespace Orchestrator.Core.Runs.Definitions.Source;

/// <summary>A member of an object; <paramref name="Place"/> is that of its name.</summary>
public sealed record SourceMember(string Name, SourcePlace Place, SourceNode Value);
