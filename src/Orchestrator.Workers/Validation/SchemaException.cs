namespace Orchestrator.Workers.Validation;

/// <summary>What was given as a schema is none.</summary>
/// <param name="errors">Why, with places in the schema.</param>
public sealed class SchemaException(IReadOnlyList<PayloadError> errors) : Exception(Describe(errors))
{
    public IReadOnlyList<PayloadError> Errors { get; } = errors;

    private static string Describe(IReadOnlyList<PayloadError> errors) =>
        "The schema is no JSON Schema: " + string.Join(" ", errors.Select(error => $"{(error.Path.Length == 0 ? "it" : error.Path)} {error.Message}"));
}
