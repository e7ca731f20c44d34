using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Templates;

internal sealed class ArrayPiece(TemplatePath path, IReadOnlyList<Piece> items) : Piece(path)
{
    protected override void WriteValue(ValueWriter writer, Evaluation evaluation)
    {
        writer.StartArray(0);
        foreach (var item in items)
        {
            item.Write(writer, evaluation);
        }

        writer.EndArray();
    }
}
