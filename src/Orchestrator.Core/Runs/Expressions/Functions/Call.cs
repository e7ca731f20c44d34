using Orchestrator.Core.Runs.Expressions.Syntax.Nodes;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Functions;

/// <summary>The arguments of a call, read as what the function takes.</summary>
internal sealed class Call(string name, int position, Node[] nodes, Value[] arguments, Evaluation evaluation)
{
    public int Position => position;

    public Evaluation Evaluation => evaluation;

    public int Count => arguments.Length;

    public Value this[int index] => arguments[index];

    public string Text(int index) => Expect(index, ValueKind.Text).AsText(evaluation, At(index));

    public decimal Number(int index) => Numbers.Of(Expect(index, ValueKind.Number), evaluation, At(index));

    public Value[] Items(int index) => Expect(index, ValueKind.Array).AsItems(evaluation, At(index));

    public KeyValuePair<string, Value>[] Members(int index) => Expect(index, ValueKind.Object).AsMembers(evaluation, At(index));

    /// <summary>A whole number; one beyond the range of <see cref="int"/> becomes its end, since nothing is as long.</summary>
    public int Whole(int index)
    {
        var number = Number(index);
        return number == decimal.Truncate(number)
            ? (int)decimal.Clamp(number, int.MinValue, int.MaxValue)
            : throw Fail(index, $"{name} takes a whole number here, not {Numbers.Write(number)}.");
    }

    public int Whole(int index, int otherwise) => index < Count ? Whole(index) : otherwise;

    /// <summary>What an argument must be, in a message: "length takes an array, …".</summary>
    public ExpressionException Refuse(int index, string takes) => Fail(index, $"{name} takes {takes}, not {arguments[index].Kind.WithArticle()}.");

    public ExpressionException Fail(int index, string message) => evaluation.Fail(At(index), message);

    /// <summary>Pays for values that are made or looked at.</summary>
    public void Charge(long operations) => evaluation.Charge(operations, position);

    /// <summary>Pays for a text that is about to be made.</summary>
    public void ChargeCharacters(long length) => evaluation.ChargeCharacters(length, position);

    private int At(int index) => nodes[index].Position;

    private Value Expect(int index, ValueKind kind) => arguments[index].Kind == kind ? arguments[index] : throw Refuse(index, kind.WithArticle());
}
