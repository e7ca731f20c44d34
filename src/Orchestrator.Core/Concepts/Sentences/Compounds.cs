using Orchestrator.Core.Concepts.Lexical;

namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>
/// Kinds of content that stand together with nothing between: "survey report" is a report of a survey. English puts what it is
/// last, Italian first.
/// </summary>
internal static class Compounds
{
    /// <summary>The places of the items that only say of what another is.</summary>
    public static IReadOnlySet<int> Modifiers(IReadOnlyList<Item> items, Language language)
    {
        var modifiers = new HashSet<int>();
        var run = new List<int>();
        for (var index = 0; index <= items.Count; index++)
        {
            if (index < items.Count && items[index].Kind is ItemKind.Type or ItemKind.Participant or ItemKind.Thing)
            {
                if (items[index].Kind == ItemKind.Type)
                {
                    run.Add(index);
                }

                continue;
            }

            modifiers.UnionWith(language == Language.English ? run.SkipLast(1) : run.Skip(1));
            run.Clear();
        }

        return modifiers;
    }
}
