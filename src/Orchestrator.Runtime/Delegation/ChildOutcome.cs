using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Delegation;

/// <summary>How a child ended.</summary>
/// <param name="State"><see cref="TaskState.Completed"/>, <see cref="TaskState.Failed"/> or <see cref="TaskState.Cancelled"/>.</param>
/// <param name="Result">JSON in UTF-8; of a completed child.</param>
/// <param name="Error">Why it failed or was cancelled.</param>
public sealed record ChildOutcome(Guid Id, TaskState State, ReadOnlyMemory<byte>? Result, TaskError? Error);
