using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Delegation;

/// <param name="Result">JSON in UTF-8; with a completed child.</param>
/// <param name="Error">With a failed or cancelled child.</param>
public sealed record ChildRecord(Guid Id, TaskState State, ReadOnlyMemory<byte>? Result, TaskError? Error);
