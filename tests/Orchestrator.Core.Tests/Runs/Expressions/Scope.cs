using System.Text.Json;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Tests.Runs.Expressions;

/// <summary>What expressions in tests read.</summary>
internal sealed class Scope : IExpressionScope
{
    private readonly Dictionary<string, StepValue> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _variables = new(StringComparer.Ordinal);

    public JsonElement Input { get; init; } = JsonElement.Parse("null");

    public Guid RunId { get; init; } = Guid.Parse("01890000-0000-7000-8000-000000000001");

    public string Workspace { get; init; } = "acme";

    public static Scope WithInput(string json) => new() { Input = JsonElement.Parse(json) };

    public Scope Step(string id, string output, string status = "completed")
    {
        _steps[id] = new StepValue(status, () => JsonElement.Parse(output), null, null);
        return this;
    }

    public Scope FailedStep(string id, string code, string message)
    {
        _steps[id] = new StepValue("failed", () => JsonElement.Parse("null"), code, message);
        return this;
    }

    public Scope Variable(string name, string json)
    {
        _variables[name] = JsonElement.Parse(json);
        return this;
    }

    public StepValue? FindStep(string step) => _steps.GetValueOrDefault(step);

    public JsonElement? FindVariable(string name) => _variables.TryGetValue(name, out var value) ? value : null;
}
