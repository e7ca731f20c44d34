using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Storage.Delegation;

namespace Orchestrator.Runtime.Delegation;

/// <summary>Lets attempts delegate.</summary>
public sealed class DelegationFactory(ITaskSubmitter submitter, IDelegationStore store, IIdSource ids, IRandomSource random, TimeProvider timeProvider)
{
    internal IDelegation For(OpenAttempt attempt) => new AttemptDelegation(attempt, submitter, store, ids, random, timeProvider);
}
