using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Fuses;

/// <summary>What attempts cost a budget.</summary>
public static class BudgetRules
{
    /// <summary>Percent of the limit at which the workspace is warned.</summary>
    public const int WarnAtPercent = 80;

    /// <summary>Whether so much was spent that the workspace is to be warned.</summary>
    public static bool IsWarning(long spent, long limit) => spent >= limit / 100.0 * WarnAtPercent;

    /// <summary>
    /// What an ended attempt is charged: what it reported, which is nothing for one that never began or reported nothing; and at least
    /// all that was reserved where nobody can know what it had spent since it last reported.
    /// </summary>
    /// <param name="reported">What the attempt added to the cost of its task.</param>
    /// <param name="errorCode">The error that its holder settled it with; null for none.</param>
    public static long Charge(long reserved, long reported, AttemptEnd end, string? errorCode) =>
        IsKnown(end, errorCode) ? reported : Math.Max(reserved, reported);

    private static bool IsKnown(AttemptEnd end, string? errorCode) => end switch
    {
        AttemptEnd.NotBegun => true,
        AttemptEnd.Settled => errorCode is not (ErrorCodes.Timeout or ErrorCodes.WorkerCrashed or ErrorCodes.HeartbeatMissed
            or ErrorCodes.LeaseLost or ErrorCodes.Cancelled or ErrorCodes.DeadlineExceeded),
        _ => false,
    };
}
