using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Fuses;

/// <summary>A workspace of which a turn did not start a ready task because of a fuse.</summary>
/// <param name="By">The fuse; null when a look at its budget is due without that.</param>
/// <param name="Lacking">What the attempt might cost, in billionths, where the budget held it.</param>
public readonly record struct HeldWorkspace(long Key, Fuse? By = null, long Lacking = 0)
{
    /// <param name="lacking">What was missing from the budget; null when the anti-loop counter was used up.</param>
    internal static HeldWorkspace Of(long key, long? lacking) =>
        lacking is { } cost ? new HeldWorkspace(key, Fuse.Budget, cost) : new HeldWorkspace(key, Fuse.AntiLoop);
}
