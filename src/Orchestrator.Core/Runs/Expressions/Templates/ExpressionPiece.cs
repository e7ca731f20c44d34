using Orchestrator.Core.Runs.Expressions.Syntax.Nodes;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Templates;

/// <summary>A text that is one expression alone.</summary>
internal sealed class ExpressionPiece(TemplatePath path, Node node) : Piece(path)
{
    protected override void WriteValue(ValueWriter writer, Evaluation evaluation)
    {
        writer.Add(node.Evaluate(evaluation), node.Position);
    }
}
