using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>How a piece of work ended: its output as JSON in UTF-8, or why there is none.</summary>
/// <param name="IsCached">Whether it was not done, since an earlier output stands for its own.</param>
public sealed record WorkOutcome(ReadOnlyMemory<byte>? Output, TaskError? Error, bool IsCached = false);
