namespace Orchestrator.Contracts.Validation;

/// <summary>Whether a payload is as it should be.</summary>
/// <param name="Valid">True when there are no errors.</param>
/// <param name="Errors">All that is wrong, up to 100.</param>
public sealed record ValidationResponse(bool Valid, IReadOnlyList<ValidationErrorResponse> Errors);
