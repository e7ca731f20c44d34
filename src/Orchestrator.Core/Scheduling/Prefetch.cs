namespace Orchestrator.Core.Scheduling;

/// <summary>
/// How many tasks a silo leases ahead of its free slots. Tasks that take less time than a turn would leave the slots empty
/// from one turn to the next; slow ones must not wait in a silo while another has a free slot.
/// </summary>
public static class Prefetch
{
    /// <summary>The longest that a task leased ahead should wait for a slot.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromMilliseconds(50);

    /// <summary>The most tasks that wait in a silo, whatever their pace.</summary>
    public const int Max = 512;

    /// <summary>
    /// How many grants of fair share a silo may count as owed to a workspace (see <see cref="FairShare.Join"/>): a round of its
    /// slots, and what a few turns that lease ahead give to others while they pass it over.
    /// </summary>
    /// <param name="slots">All slots of the silo.</param>
    /// <param name="ahead">The most that it leases ahead at the pace of its work.</param>
    public static int Credit(int slots, int ahead) => slots + (4 * ahead);

    /// <summary>As many as <paramref name="slots"/> work off within <see cref="Horizon"/>; none when one takes longer than that.</summary>
    /// <param name="pace">How long an attempt holds its slot as a rule; null when that is not known yet.</param>
    public static int Of(int slots, TimeSpan? pace)
    {
        if (pace is not { } held || held >= Horizon)
        {
            return 0;
        }

        var ahead = slots * (Horizon / TimeSpan.FromTicks(Math.Max(1, held.Ticks)));
        return (int)Math.Min(Max, ahead);
    }
}
