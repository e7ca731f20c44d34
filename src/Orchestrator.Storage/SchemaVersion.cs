namespace Orchestrator.Storage;

/// <summary>Where a database's schema stands.</summary>
/// <param name="Current">Its version; 0 where there is none.</param>
/// <param name="Needed">The version that this build needs.</param>
public sealed record SchemaVersion(int Current, int Needed)
{
    /// <summary>Whether this build can work with it; a newer one is made so that it can.</summary>
    public bool IsCurrent => Current >= Needed;
}
