namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>A concept in its place in a clause.</summary>
/// <param name="Tag">What it is in the sentence where that matters: "to", "from", "with", "of", "before", "after", "done".</param>
internal sealed record Term(Item Item, string? Tag, bool IsNegated)
{
    public bool IsFact => IsNegated || Item.Kind switch
    {
        ItemKind.Verb or ItemKind.Type or ItemKind.Participant or ItemKind.Number => true,
        _ => Item.Concept is null && !Item.Key.Skip(1).All(char.IsLetter),
    };

    public override string ToString() => $"{(IsNegated ? "not:" : string.Empty)}{(Tag is null ? string.Empty : Tag + ":")}{Item.Key}";
}
