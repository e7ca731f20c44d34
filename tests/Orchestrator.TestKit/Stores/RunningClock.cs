namespace Orchestrator.TestKit.Stores;

/// <summary>The machine's clock, which no test can move.</summary>
public sealed class RunningClock : IStoreClock
{
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public Task AdvanceAsync(TimeSpan by) => throw new NotSupportedException("This test runs on the real clock.");
}
