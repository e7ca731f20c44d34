using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Templates;

/// <summary>A value in a template.</summary>
/// <param name="path">Where it stands in it, as a JSON Pointer.</param>
internal abstract class Piece(TemplatePath path)
{
    public void Write(ValueWriter writer, Evaluation evaluation)
    {
        evaluation.Path = path;
        WriteValue(writer, evaluation);
    }

    protected abstract void WriteValue(ValueWriter writer, Evaluation evaluation);
}
