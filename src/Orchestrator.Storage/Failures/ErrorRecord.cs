namespace Orchestrator.Storage.Failures;

/// <summary>A group of failures as it is kept.</summary>
/// <param name="Place">Where it stands in the list that was asked for.</param>
public sealed record ErrorRecord(string Workspace, ErrorGroup Group, ErrorPlace Place);
