using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Templates;

/// <summary>A value without expressions, as it is written.</summary>
internal sealed class ConstantPiece(TemplatePath path, byte[] utf8) : Piece(path)
{
    protected override void WriteValue(ValueWriter writer, Evaluation evaluation) => writer.AddRaw(utf8, 0);
}
