using System.Text.Json;
using Orchestrator.Core.Runs.Expressions.Syntax;
using Orchestrator.Core.Runs.Expressions.Templates;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions;

/// <summary>
/// A JSON value whose texts may hold expressions, <c>${{ … }}</c>. A text that is one expression alone becomes its value; in any other
/// text each is written in its place. Names of members are taken as they are.
/// </summary>
public sealed class Template
{
    private readonly Piece _root;
    private readonly Reads _reads;

    private Template(Piece root, Reads reads) => (_root, _reads) = (root, reads);

    /// <summary>The steps that it reads.</summary>
    public IReadOnlySet<string> Steps => _reads.Steps;

    /// <summary>The names that it reads besides <c>run</c> and <c>steps</c>.</summary>
    public IReadOnlySet<string> Variables => _reads.Variables;

    /// <exception cref="ExpressionException">One of its expressions is none; says which, by the JSON Pointer of the text, and where in it.</exception>
    public static Template Parse(JsonElement value)
    {
        var reads = new Reads();
        return new Template(new TemplateParser(reads).Parse(value, TemplatePath.Root), reads);
    }

    /// <summary>The value as JSON in UTF-8, at most <see cref="Definitions.RunLimits.MaxValueBytes"/>.</summary>
    /// <exception cref="ExpressionException">An expression has no value, or the whole is too large.</exception>
    public byte[] Evaluate(IExpressionScope scope)
    {
        var evaluation = new Evaluation(scope);
        using var writer = new ValueWriter(evaluation);
        _root.Write(writer, evaluation);
        return writer.ToBytes();
    }
}
