using Orchestrator.Core.Concepts.Lexical;

namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>
/// Ties numbers to what they count or name, so that "3 articles and 5 emails" is not "5 articles and 3 emails", nor "chapter 3"
/// "3 chapters". Units read the same from either side: €500, 500 euro, 15 March, March 15.
/// </summary>
internal static class NumberBinder
{
    public static IReadOnlyList<Item> Bind(IReadOnlyList<Item> items)
    {
        var severalNumbers = items.Count(item => item.Kind == ItemKind.Number) > 1;
        var bound = new List<Item>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            var previous = index > 0 ? items[index - 1] : null;
            var next = index + 1 < items.Count ? items[index + 1] : null;
            if (item.Kind == ItemKind.Unit)
            {
                // With a number beside it, it is part of that number.
                if (!IsQuantity(previous) && !IsQuantity(next))
                {
                    bound.Add(item with { Kind = ItemKind.Thing });
                }
            }
            else if (IsQuantity(item))
            {
                bound.Add(item with { Key = KeyOf(item, previous, next, Counted(items, index), severalNumbers) });
            }
            else
            {
                bound.Add(item);
            }
        }

        return bound;
    }

    private static string KeyOf(Item number, Item? previous, Item? next, Item? counted, bool severalNumbers)
    {
        if (next?.Kind == ItemKind.Unit || previous?.Kind == ItemKind.Unit)
        {
            return $"{number.Key} {(next?.Kind == ItemKind.Unit ? next : previous)!.Key}";
        }

        if (previous?.Kind == ItemKind.Participant || (counted is null && previous?.IsNounlike == true))
        {
            return $"{previous.Key} {number.Key}";
        }

        return severalNumbers && counted is not null ? $"{number.Key} {counted.Key}" : number.Key;
    }

    private static bool IsQuantity(Item? item) => item?.Kind == ItemKind.Number && !NumberText.IsYear(item.Key);

    // What follows the number, over one adjective: 10 best tools.
    private static Item? Counted(IReadOnlyList<Item> items, int index)
    {
        for (var next = index + 1; next < items.Count && next <= index + 2; next++)
        {
            if (items[next].IsNounlike)
            {
                return items[next];
            }

            if (items[next].Concept?.Class != WordClass.Adj)
            {
                return null;
            }
        }

        return null;
    }
}
