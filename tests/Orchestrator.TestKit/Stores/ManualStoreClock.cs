namespace Orchestrator.TestKit.Stores;

/// <summary>The clock of an SQLite store under test.</summary>
public sealed class ManualStoreClock(ManualTimeProvider time) : IStoreClock
{
    public DateTimeOffset Now => time.GetUtcNow();

    public Task AdvanceAsync(TimeSpan by)
    {
        time.Advance(by);
        return Task.CompletedTask;
    }
}
