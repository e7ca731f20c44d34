using System.Text;
using Orchestrator.Core.Runs.Expressions.Syntax.Nodes;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Templates;

/// <summary>A text with expressions in it.</summary>
internal sealed class TextPiece(TemplatePath path, IReadOnlyList<object> parts) : Piece(path)
{
    protected override void WriteValue(ValueWriter writer, Evaluation evaluation)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part is Node node ? Written.Of(node.Evaluate(evaluation), evaluation, node.Position) : (string)part);
        }

        writer.AddText(text.ToString(), 0);
    }
}
