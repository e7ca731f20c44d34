using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Expressions.Templates;

namespace Orchestrator.Core.Runs.Expressions.Values;

/// <summary>One evaluation, of an expression or of all in a template: what it reads, and how much it may still do.</summary>
/// <param name="operations">How much it may do.</param>
internal sealed class Evaluation(IExpressionScope scope, int operations = RunLimits.MaxExpressionSteps)
{
    private const int CharactersAnOperation = 64;

    private long _left = operations;

    public IExpressionScope Scope => scope;

    /// <summary>Whether it has done all that it may.</summary>
    public bool IsSpent => _left < 0;

    /// <summary>Which text of a template is being evaluated.</summary>
    public TemplatePath Path { get; set; } = TemplatePath.Root;

    /// <summary>Takes operations from what is left; every value that is made and every one that is looked at is one.</summary>
    public void Charge(long count, int position)
    {
        _left -= count;
        if (_left < 0)
        {
            throw Fail(position, $"The expression does too much: more than {operations} operations.");
        }
    }

    /// <summary>Takes what reading or making a text, or JSON, of a length costs.</summary>
    public void ChargeCharacters(long length, int position) => Charge(1 + (length / CharactersAnOperation), position);

    public ExpressionException Fail(int position, string message) => new(message, position, Path.ToString());
}
