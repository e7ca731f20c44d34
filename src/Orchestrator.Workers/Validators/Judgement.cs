using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Validators;

/// <param name="IsOfPayload">False when the request itself does not say what to check by.</param>
/// <param name="Errors">What is wrong with the payload, or else with the request.</param>
public sealed record Judgement(bool IsOfPayload, IReadOnlyList<PayloadError> Errors);
