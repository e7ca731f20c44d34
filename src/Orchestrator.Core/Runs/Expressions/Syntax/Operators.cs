using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax;

/// <summary>The operators that take two values.</summary>
internal static class Operators
{
    public static Value Apply(Token @operator, Value left, Value right, Evaluation evaluation) => @operator.Text switch
    {
        "==" => Value.Of(new Equality(evaluation, @operator.Position).Equals(left, right)),
        "!=" => Value.Of(!new Equality(evaluation, @operator.Position).Equals(left, right)),
        "<" or "<=" or ">" or ">=" => Compare(@operator, left, right, evaluation),
        "+" when left.Kind == ValueKind.Text && right.Kind == ValueKind.Text => Join(@operator.Position, left, right, evaluation),
        _ => Compute(@operator, left, right, evaluation),
    };

    private static Value Compare(Token @operator, Value left, Value right, Evaluation evaluation)
    {
        var order = Ordering.Compare(left, right, evaluation, @operator.Position) ?? throw Refuse(@operator, left, right, evaluation);
        return Value.Of(@operator.Text switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        });
    }

    private static Value Join(int position, Value left, Value right, Evaluation evaluation)
    {
        var (begin, end) = (left.AsText(evaluation, position), right.AsText(evaluation, position));
        evaluation.ChargeCharacters(begin.Length + end.Length, position);
        return Value.Of(begin + end);
    }

    private static Value Compute(Token @operator, Value left, Value right, Evaluation evaluation)
    {
        if (left.Kind != ValueKind.Number || right.Kind != ValueKind.Number)
        {
            throw Refuse(@operator, left, right, evaluation);
        }

        var position = @operator.Position;
        var (a, b) = (Numbers.Of(left, evaluation, position), Numbers.Of(right, evaluation, position));
        if (b == 0 && (@operator.Text is "/" or "%"))
        {
            throw evaluation.Fail(position, $"'{@operator.Text}' has zero on its right.");
        }

        try
        {
            return Value.Of(@operator.Text switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => a / b,
                _ => a % b,
            });
        }
        catch (OverflowException)
        {
            throw evaluation.Fail(position, $"'{@operator.Text}' makes a number that is too large: it has more than 28 digits.");
        }
    }

    private static ExpressionException Refuse(Token @operator, Value left, Value right, Evaluation evaluation)
    {
        var takes = @operator.Text is "+" or "<" or "<=" or ">" or ">=" ? "two numbers or two texts" : "two numbers";
        var hint = @operator.Text == "+" && (left.Kind == ValueKind.Text || right.Kind == ValueKind.Text) ? "; toText makes a text of any value" : "";
        return evaluation.Fail(@operator.Position, $"'{@operator.Text}' takes {takes}, not {left.Kind.WithArticle()} and {right.Kind.WithArticle()}{hint}.");
    }
}
