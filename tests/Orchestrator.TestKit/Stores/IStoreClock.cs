namespace Orchestrator.TestKit.Stores;

/// <summary>The only clock that a store under test knows. It stands still until it is moved.</summary>
public interface IStoreClock
{
    DateTimeOffset Now { get; }

    Task AdvanceAsync(TimeSpan by);
}
