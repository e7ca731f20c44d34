namespace Orchestrator.Contracts.Cluster;

/// <param name="Name">The product.</param>
/// <param name="Version">Its version.</param>
/// <param name="Status"><c>ok</c>.</param>
public sealed record ServiceResponse(string Name, string Version, string Status);
