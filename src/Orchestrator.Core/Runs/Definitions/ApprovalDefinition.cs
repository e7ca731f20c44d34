using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>What a person is asked about a step, which reads its output as <c>output</c>.</summary>
/// <param name="Question">Makes a text.</param>
/// <param name="TimeoutMs">How long there is to decide; null for as long as the run lasts.</param>
/// <param name="ContinueOnTimeout">Whether the step then goes on as if it was approved; otherwise it fails as <c>rejected</c>.</param>
public sealed record ApprovalDefinition(Template Question, long? TimeoutMs, bool ContinueOnTimeout);
