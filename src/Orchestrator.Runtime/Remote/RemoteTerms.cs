using Orchestrator.Core.Retries;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Runtime.Remote;

/// <summary>The terms of an attempt that a remote worker makes.</summary>
internal sealed class RemoteTerms(RemoteLease lease, RemoteAction action) : IAttemptTerms
{
    public int Attempt => lease.Attempt;

    public int MaxAttempts => lease.MaxAttempts;

    public int TimeoutMs => lease.TimeoutMs;

    public bool IsProbe => lease.IsProbe;

    public RetryPolicy Retries => action.Retries;

    public TaskError Final(TaskError error) => error;
}
