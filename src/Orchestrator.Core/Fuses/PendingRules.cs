namespace Orchestrator.Core.Fuses;

/// <summary>How tasks are let in below a cap.</summary>
public static class PendingRules
{
    /// <summary>One process takes an eighth of what is left: some ninety shares use up a million, and others find seven eighths.</summary>
    private const int Part = 8;

    /// <summary>A fuse that tripped closes once no more than nine tenths of the cap are used.</summary>
    private const double CloseAt = 0.9;

    /// <summary>How soon after a count tasks are counted again.</summary>
    public static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(1);

    /// <summary>A share of what is left that covers what is wanted as far as there is enough.</summary>
    public static long ShareOf(long left, long wanted) => Math.Min(Math.Max(0, left), Math.Max(wanted, left / Part));

    public static bool MayClose(long live, long cap) => live <= cap * CloseAt;
}
