using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Templates;

internal sealed class ObjectPiece(TemplatePath path, IReadOnlyList<KeyValuePair<string, Piece>> members) : Piece(path)
{
    protected override void WriteValue(ValueWriter writer, Evaluation evaluation)
    {
        writer.StartObject(0);
        foreach (var (name, value) in members)
        {
            writer.Name(name, 0);
            value.Write(writer, evaluation);
        }

        writer.EndObject();
    }
}
