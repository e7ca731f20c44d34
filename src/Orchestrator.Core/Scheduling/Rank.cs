namespace Orchestrator.Core.Scheduling;

/// <summary>
/// The stored order of ready tasks: the lowest rank goes first.
/// <c>rank = createdSeconds × ageRate − score − blockedBoost</c>. Everybody ages at the same rate, so ageing rewrites no row.
/// </summary>
public static class Rank
{
    /// <summary>Points a waiting task gains a second: one in ten seconds.</summary>
    public const double AgeRate = 0.1;

    /// <summary>Points for each task that waits for this one, directly or through others.</summary>
    public const int BoostPerBlockedTask = 60;

    public const int MaxBlockedBoost = 1000;

    /// <summary>More blocked tasks than these make no difference, so nobody need count further.</summary>
    public const int MaxBlockedTasks = (MaxBlockedBoost + BoostPerBlockedTask - 1) / BoostPerBlockedTask;

    public static double Of(DateTimeOffset createdAt, int score, int blockedTasks = 0) =>
        ((createdAt - DateTimeOffset.UnixEpoch).TotalSeconds * AgeRate) - score - BlockedBoost(blockedTasks);

    public static int BlockedBoost(int blockedTasks) =>
        (int)Math.Min(MaxBlockedBoost, (long)BoostPerBlockedTask * Math.Max(0, blockedTasks));
}
