namespace Orchestrator.Core.Tasks;

/// <summary>What a task in <see cref="TaskState.Waiting"/> is parked on.</summary>
public enum WaitingFor
{
    /// <summary>A person's decision.</summary>
    Approval,

    /// <summary>The end of tasks that it created.</summary>
    Children,

    /// <summary>A signal from outside the cluster.</summary>
    External,

    /// <summary>A token or a permit of a named resource.</summary>
    Resource,

    /// <summary>A provider whose circuit breaker is open.</summary>
    Provider,
}
