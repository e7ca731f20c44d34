namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>Brings clauses into the order in which they are to happen, whichever way the text tells it.</summary>
internal static class ClauseOrder
{
    public static IReadOnlyList<Clause> Of(IReadOnlyList<Clause> told)
    {
        var clauses = Merged(told);
        var ordered = new List<Clause>(clauses.Count);
        for (var index = 0; index < clauses.Count; index++)
        {
            var clause = clauses[index];
            if (clause.Time == "after" && ordered.Count > 0)
            {
                ordered.Insert(ordered.Count - 1, clause);
            }
            else if (clause.Time == "before" && index == 0 && clauses.Count > 1)
            {
                ordered.Add(clauses[++index]);
                ordered.Add(clause);
            }
            else
            {
                ordered.Add(clause);
            }
        }

        return ordered;
    }

    // "Write the article and publish it": a clause without an object of its own is about that of the one before.
    private static List<Clause> Merged(IReadOnlyList<Clause> told)
    {
        var merged = new List<Clause>();
        foreach (var clause in told.Where(clause => !clause.IsEmpty))
        {
            if (merged.Count > 0 && !clause.HasObject)
            {
                merged[^1].Take(clause);
            }
            else
            {
                merged.Add(clause);
            }
        }

        return merged;
    }
}
