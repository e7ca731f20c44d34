using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>How a piece of work ended: its output as JSON in UTF-8, or why there is none.</summary>
public sealed record WorkOutcome(ReadOnlyMemory<byte>? Output, TaskError? Error);
