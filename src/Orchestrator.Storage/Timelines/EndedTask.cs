using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Timelines;

/// <summary>A task that was cancelled, or failed without an attempt's doing.</summary>
public sealed record EndedTask(Guid Id, long WorkspaceKey, string Action, TaskState State, TaskError? Error);
