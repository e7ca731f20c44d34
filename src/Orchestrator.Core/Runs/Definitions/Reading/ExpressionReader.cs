using System.Text.Json;
using Orchestrator.Core.Json;
using Orchestrator.Core.Runs.Definitions.Source;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>Reads expressions and templates, and tells of those that are none or read what is not there.</summary>
internal sealed class ExpressionReader(ProblemList problems)
{
    /// <summary>Reads a text that is one expression, with its braces or without; also true and false themselves.</summary>
    /// <param name="faultOf">What is wrong with it where it has this value in every run; null where nothing is.</param>
    public Expression? ReadExpression(SourceNode node, string path, ReadScope scope, Func<JsonElement, string?> faultOf)
    {
        if (node.Kind is not (SourceKind.Text or SourceKind.Boolean))
        {
            MemberReader.Expect(node, path, problems, "must be a text with an expression, such as ${{ run.input.items }}.");
            return null;
        }

        try
        {
            var expression = Expression.Parse(node.Text);
            if (ConstantScope.Evaluate(expression) is { } constant && faultOf(constant) is { } fault)
            {
                problems.Add(path, node.Place, fault);
            }

            Check(expression.Variables, expression.Steps, node, path, scope);
            return expression;
        }
        catch (ExpressionException exception)
        {
            problems.Add(path, node.Locate(exception.Position), $"is no expression: {exception.Message}");
            return null;
        }
    }

    /// <summary>Reads a value whose texts may hold expressions.</summary>
    public Template? ReadTemplate(SourceNode node, string path, ReadScope scope)
    {
        try
        {
            var template = Template.Parse(node.ToElement());
            Check(template.Variables, template.Steps, node, path, scope);
            return template;
        }
        catch (ExpressionException)
        {
            TellEach(node, path);
            return null;
        }
    }

    /// <summary>Tells of every text of a template whose expressions are none.</summary>
    private void TellEach(SourceNode node, string path)
    {
        switch (node.Kind)
        {
            case SourceKind.Text:
                try
                {
                    Template.Parse(node.ToElement());
                }
                catch (ExpressionException exception)
                {
                    problems.Add(path, node.Locate(exception.Position), $"holds what is no expression: {exception.Message}");
                }

                break;
            case SourceKind.List:
                for (var index = 0; index < node.Items.Count && !problems.IsFull; index++)
                {
                    TellEach(node.Items[index], JsonPointer.Append(path, index));
                }

                break;
            case SourceKind.Map:
                foreach (var member in node.Members.TakeWhile(_ => !problems.IsFull))
                {
                    TellEach(member.Value, JsonPointer.Append(path, member.Name));
                }

                break;
            default:
                break;
        }
    }

    private void Check(IReadOnlySet<string> variables, IReadOnlySet<string> steps, SourceNode node, string path, ReadScope scope)
    {
        foreach (var variable in variables.Order(StringComparer.Ordinal))
        {
            var fault = variable == "output"
                ? scope.HasOutput ? null : "reads 'output', which only the output mapping, the question and the compensation of a step with work have; read steps.x.output."
                : scope.HasItem ? null : $"reads '{variable}', which only the input and the output mapping of a step with foreach have.";
            if (fault is not null)
            {
                var (where, place) = ReadPlaces.OfVariable(node, path, variable);
                problems.Add(where, place, fault);
            }
        }

        foreach (var step in steps)
        {
            if (step != scope.Step)
            {
                scope.References.Add(new StepReference(step, node, path, IsRead: true));
            }
            else if (!scope.HasEnded)
            {
                var (where, place) = ReadPlaces.OfStep(node, path, step);
                problems.Add(where, place, $"reads the step '{step}' itself before it has ended{(scope.HasOutput ? "; its own output is read as output" : "")}.");
            }
        }
    }
}
