using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>A step for each item of an array, in any order; its output is the array of theirs, in the order of the items.</summary>
/// <param name="MaxParallel">How many at once, besides the bound of the run; null for that alone.</param>
public sealed record ForeachDefinition(Expression Items, int? MaxParallel);
