using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Contracts.Runs;

/// <summary>One item of a step with <c>foreach</c>.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Status">As of a step.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record RunItemResponse(int Index, string Status, TaskErrorResponse? Error);
