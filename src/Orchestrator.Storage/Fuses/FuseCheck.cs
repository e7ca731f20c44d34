namespace Orchestrator.Storage.Fuses;

/// <summary>What came of a look at fuses.</summary>
/// <param name="Trips">Those that tripped.</param>
/// <param name="MayGoOn">Whether tasks that were held may start now.</param>
public sealed record FuseCheck(IReadOnlyList<FuseTrip> Trips, bool MayGoOn);
