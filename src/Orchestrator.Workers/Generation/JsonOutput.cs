using System.Text.Json;

namespace Orchestrator.Workers.Generation;

/// <summary>Result of <c>generation.json</c>.</summary>
/// <param name="Value">What the model answered; it follows the schema.</param>
/// <param name="Model">Who answered: <c>provider/model</c>.</param>
public sealed record JsonOutput(JsonElement Value, string Model);
