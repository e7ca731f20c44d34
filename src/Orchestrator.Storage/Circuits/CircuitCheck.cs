using Orchestrator.Storage.Fuses;

namespace Orchestrator.Storage.Circuits;

/// <summary>What came of reports about providers.</summary>
/// <param name="Trips">The fuses that tripped.</param>
/// <param name="HasChanged">Whether a circuit opened or closed, so that somebody is to look at it.</param>
public sealed record CircuitCheck(IReadOnlyList<FuseTrip> Trips, bool HasChanged);
