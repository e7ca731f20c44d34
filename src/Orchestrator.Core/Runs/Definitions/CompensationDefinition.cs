using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>A task that undoes a step. Its input reads the step's output as <c>output</c>; null for that output itself.</summary>
public sealed record CompensationDefinition(string Action, Template? Input, int? MaxAttempts, int? TimeoutMs);
