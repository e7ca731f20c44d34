namespace Orchestrator.TestKit;

/// <summary>A clock that runs, ahead of the machine's or behind it.</summary>
public sealed class SkewedTimeProvider(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
