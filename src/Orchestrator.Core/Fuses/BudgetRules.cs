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
    /// What an ended attempt is charged: what it reported. One that reported nothing is charged nothing where its worker itself
    /// said how it ended or never began, and all that was reserved where nobody can know what it had spent.
    /// </summary>
    /// <param name="reported">What the attempt added to the cost of its task.</param>
    /// <param name="errorCode">The error that its holder settled it with; null for none.</param>
    public static long Charge(long reserved, long reported, AttemptEnd end, string? errorCode) =>
        reported > 0 ? reported : IsKnown(end, errorCode) ? 0 : reserved;

    private static bool IsKnown(AttemptEnd end, string? errorCode) => end switch
    {
        AttemptEnd.NotBegun => true,
        AttemptEnd.Settled => errorCode is not (ErrorCodes.Timeout or ErrorCodes.WorkerCrashed or ErrorCodes.HeartbeatMissed
            or ErrorCodes.LeaseLost or ErrorCodes.Cancelled or ErrorCodes.DeadlineExceeded),
        _ => false,
    };
}
