using System.Text.Json;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>A scope that holds nothing and notes whether it was asked: an expression that never asks has the same value in every run.</summary>
internal sealed class ConstantScope : IExpressionScope
{
    /// <summary>What is looked at of an expression: a definition has many, and is read again by every process.</summary>
    private const int MaxOperations = 1_000;

    private static readonly JsonElement Nothing = JsonElement.Parse("null"u8);

    private bool _asked;

    public JsonElement Input => Ask(Nothing);

    public Guid RunId => Ask(Guid.Empty);

    public string Workspace => Ask("");

    /// <summary>The value of an expression that has the same in every run; null where it depends on the run, or takes long to find.</summary>
    /// <exception cref="ExpressionException">It has none in any run.</exception>
    public static JsonElement? Evaluate(Expression expression)
    {
        var scope = new ConstantScope();
        try
        {
            var value = expression.EvaluateBriefly(scope, MaxOperations);
            return scope._asked ? null : value;
        }
        catch (ExpressionException) when (scope._asked)
        {
            return null;
        }
    }

    public StepValue? FindStep(string step) => Ask<StepValue?>(null);

    public JsonElement? FindVariable(string name) => Ask<JsonElement?>(Nothing);

    private T Ask<T>(T answer)
    {
        _asked = true;
        return answer;
    }
}
