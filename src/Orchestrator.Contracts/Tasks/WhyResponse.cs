namespace Orchestrator.Contracts.Tasks;

/// <summary>Why a task is where it is.</summary>
public sealed record WhyResponse
{
    public required Guid Id { get; init; }

    /// <summary>The task's state.</summary>
    public required string Status { get; init; }

    /// <summary>The code of the first reason.</summary>
    public required string Code { get; init; }

    /// <summary>All reasons in words.</summary>
    public required string Message { get; init; }

    /// <summary>Everything that holds it now, what matters most first.</summary>
    public required IReadOnlyList<WhyReason> Reasons { get; init; }

    /// <summary>What decides its place among the tasks of its workspace, beside its age and the tasks that wait for it.</summary>
    public required WhyScore Score { get; init; }

    /// <summary>How many ready tasks of the workspace have a better rank, also those that no silo can take now; while <c>queued</c>.</summary>
    public int? QueuePosition { get; init; }
}
