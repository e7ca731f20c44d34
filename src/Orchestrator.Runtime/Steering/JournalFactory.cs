using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Runtime.Steering;

/// <summary>Gives attempts their journals.</summary>
public sealed class JournalFactory(ISteeringStore store, IRandomSource random, TimeProvider timeProvider)
{
    internal IAttemptJournal For(OpenAttempt attempt) => new AttemptJournal(attempt.Lease, store, new StorePatience(attempt, random, timeProvider));
}
