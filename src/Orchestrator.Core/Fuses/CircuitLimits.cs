namespace Orchestrator.Core.Fuses;

/// <summary>How a workspace has set its circuit breaker.</summary>
/// <param name="Failures">How many failures without a success between them open a circuit.</param>
/// <param name="Window">Within how long they must have happened.</param>
/// <param name="Pause">How long a circuit stays open before it is probed.</param>
public sealed record CircuitLimits(int Failures, TimeSpan Window, TimeSpan Pause)
{
    /// <summary>No pause grows beyond so many times the first one, nor beyond <see cref="LongestGrownPause"/>.</summary>
    private const int MostGrowth = 10;

    private static readonly TimeSpan LongestGrownPause = TimeSpan.FromMinutes(15);

    public static CircuitLimits Of(FuseSettings settings)
    {
        var fuses = settings.Effective;
        return new CircuitLimits(
            fuses.CircuitFailures!.Value, TimeSpan.FromSeconds(fuses.CircuitWindowSeconds!.Value), TimeSpan.FromSeconds(fuses.CircuitOpenSeconds!.Value));
    }

    /// <summary>How long a circuit stays open after a probe that failed.</summary>
    public TimeSpan After(TimeSpan pause)
    {
        var longest = MostGrowth * Pause < LongestGrownPause ? MostGrowth * Pause : LongestGrownPause;
        var grown = pause * 2 < longest ? pause * 2 : longest;
        return grown > Pause ? grown : Pause;
    }
}
