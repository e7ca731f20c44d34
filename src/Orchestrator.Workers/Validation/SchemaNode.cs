using System.Text.Json;
using Orchestrator.Workers.Validation.Rules;

namespace Orchestrator.Workers.Validation;

/// <summary>A compiled schema: the rules that stand side by side in it.</summary>
internal sealed class SchemaNode(string pointer)
{
    private readonly List<IRule> _rules = [];

    /// <summary>Where it stands in the whole.</summary>
    public string Pointer => pointer;

    /// <summary>Whether the rules must tell which members and items they have looked at.</summary>
    public bool Tracks { get; set; }

    /// <summary>The schemas that are applied to the same value as this one.</summary>
    public List<SchemaNode> SamePlace { get; } = [];

    public void Add(IRule rule) => _rules.Add(rule);

    /// <summary>Checks a value; false, with errors written down, when it does not fit.</summary>
    /// <param name="outer">Gets what was looked at, if the value fits.</param>
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? outer)
    {
        evaluation.Enter();
        var marks = Tracks ? new Marks() : null;
        var valid = true;
        foreach (var rule in _rules)
        {
            valid &= rule.Check(value, place, evaluation, marks);
            if (evaluation.IsFull)
            {
                break;
            }
        }

        if (valid && marks is not null)
        {
            outer?.Merge(marks);
        }

        evaluation.Leave();
        return valid;
    }

    /// <summary>Whether a value fits, with nothing written down.</summary>
    public bool Fits(JsonElement value, Place place, Evaluation evaluation, Marks? outer)
    {
        var fits = false;
        evaluation.Try(() => fits = Check(value, place, evaluation, outer));
        return fits;
    }
}
