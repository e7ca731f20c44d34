using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Runs.Expressions.Values;

/// <summary>One evaluation, of an expression or of all in a template: what it reads, and how much it may still do.</summary>
internal sealed class Evaluation(IExpressionScope scope)
{
    private const int CharactersAnOperation = 64;

    private long _left = RunLimits.MaxExpressionSteps;

    public IExpressionScope Scope => scope;

    /// <summary>Which text of a template is being evaluated.</summary>
    public string Path { get; set; } = "";

    /// <summary>Takes operations from what is left; every value that is made and every one that is looked at is one.</summary>
    public void Charge(long operations, int position)
    {
        _left -= operations;
        if (_left < 0)
        {
            throw Fail(position, $"The expression does too much: more than {RunLimits.MaxExpressionSteps} operations.");
        }
    }

    /// <summary>Takes what reading or making a text, or JSON, of a length costs.</summary>
    public void ChargeCharacters(long length, int position) => Charge(1 + (length / CharactersAnOperation), position);

    public ExpressionException Fail(int position, string message) => new(message, position, Path);
}
