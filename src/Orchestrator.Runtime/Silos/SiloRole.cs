namespace Orchestrator.Runtime.Silos;

/// <summary>What a silo is to its process.</summary>
/// <param name="StopsWhenDrained">True when the process has no other purpose, so that it stops once it has drained on request.</param>
public sealed record SiloRole(bool StopsWhenDrained);
