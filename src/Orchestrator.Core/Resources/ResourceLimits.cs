namespace Orchestrator.Core.Resources;

/// <summary>Bounds of what a caller may ask of a resource, and the times its queue goes by.</summary>
public static class ResourceLimits
{
    public const int MaxCapacity = 1_000_000_000;
    public const int MaxPermits = 1_000_000;

    /// <summary>Tokens a second; kept to the millionth, rounded down.</summary>
    public const double MinRefill = 0.000001;

    public const double MaxRefill = 1_000_000_000;

    /// <summary>How often a provider may refuse a task for its rate without costing it an attempt.</summary>
    public const int MaxRefusals = 20;

    /// <summary>How long a task that was woken for a resource has the first right to what it was woken for.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between two looks at a queue, whatever was missed.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
}
