namespace Orchestrator.Gateway.Api;

/// <summary>What can be expected of a silo.</summary>
internal enum SiloState
{
    /// <summary>It reports and takes tasks.</summary>
    Active,

    /// <summary>It reports, and finishes what it has.</summary>
    Draining,

    /// <summary>It has been silent for a lease duration; what it ran is tried again elsewhere.</summary>
    Lost,
}
