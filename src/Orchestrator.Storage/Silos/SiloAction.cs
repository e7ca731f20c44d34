namespace Orchestrator.Storage.Silos;

/// <summary>An action that a silo knows.</summary>
/// <param name="Name">The action.</param>
/// <param name="Concurrency">How many attempts it runs at the same time.</param>
/// <param name="UnavailableReason">Why it cannot serve it now (the Python interpreter is missing, say); null when it can.</param>
public sealed record SiloAction(string Name, int Concurrency, string? UnavailableReason = null);
