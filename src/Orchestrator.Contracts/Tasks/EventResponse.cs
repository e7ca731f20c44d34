using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Tasks;

/// <summary>One entry of a task's history.</summary>
/// <param name="Seq">Its place in the history, from 1 without gaps.</param>
/// <param name="Type">Such as <c>task.completed</c>.</param>
/// <param name="At">When it happened.</param>
/// <param name="Attempt">The attempt it belongs to; 0 before the first, and in events of a workspace.</param>
/// <param name="Data">An object whose members depend on the type; null when there is nothing more to say.</param>
public sealed record EventResponse(int Seq, string Type, DateTimeOffset At, int Attempt, RawJson? Data);
