using System.Collections;
using System.Globalization;
using System.Text;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>
/// Where each item of a step stands, a byte an item; written as runs of equal letters, <c>c120r4p9876</c>, since items are begun in order.
/// </summary>
internal sealed class ItemStates : IReadOnlyList<StepStatus>
{
    private readonly byte[] _items;

    public ItemStates(int count, StepStatus status)
    {
        _items = new byte[count];
        Array.Fill(_items, (byte)status);
    }

    private ItemStates(byte[] items) => _items = items;

    public int Count => _items.Length;

    public StepStatus this[int index]
    {
        get => (StepStatus)_items[index];
        set => _items[index] = (byte)value;
    }

    /// <summary>The same items in a value of their own.</summary>
    public static ItemStates CopyOf(IReadOnlyList<StepStatus> items) =>
        new(items is ItemStates states ? [.. states._items] : [.. items.Select(item => (byte)item)]);

    public static int CountOf(IReadOnlyList<StepStatus> items, StepStatus status) =>
        items is ItemStates states ? states.CountOf(status) : items.Count(item => item == status);

    public int CountOf(StepStatus status) => _items.AsSpan().Count((byte)status);

    /// <summary>The first item from a place on that stands so; -1 for none.</summary>
    public int IndexOf(StepStatus status, int from)
    {
        var at = _items.AsSpan(from).IndexOf((byte)status);
        return at < 0 ? -1 : from + at;
    }

    /// <summary>Sets all that stand other than <paramref name="except"/>.</summary>
    public void FillExcept(StepStatus except, StepStatus status)
    {
        foreach (ref var item in _items.AsSpan())
        {
            item = item == (byte)except ? item : (byte)status;
        }
    }

    /// <summary>Sets all that stand as <paramref name="from"/>.</summary>
    public void Replace(StepStatus from, StepStatus to) => _items.AsSpan().Replace((byte)from, (byte)to);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static ItemStates Parse(string text)
    {
        var items = new List<(byte Status, int Count)>();
        var total = 0;
        for (var at = 0; at < text.Length;)
        {
            var status = (byte)StepStatusLetters.Parse(text[at++]);
            var digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            var count = at == digits ? 1 : int.Parse(text.AsSpan(digits, at - digits), NumberStyles.None, CultureInfo.InvariantCulture);
            items.Add((status, count));
            total += count;
        }

        var states = new byte[total];
        var from = 0;
        foreach (var (status, count) in items)
        {
            states.AsSpan(from, count).Fill(status);
            from += count;
        }

        return new ItemStates(states);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var rest = _items.AsSpan(); !rest.IsEmpty;)
        {
            var length = rest.IndexOfAnyExcept(rest[0]) is var end and >= 0 ? end : rest.Length;
            text.Append(StepStatusLetters.Of((StepStatus)rest[0]));
            if (length > 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"{length}");
            }

            rest = rest[length..];
        }

        return text.ToString();
    }

    public IEnumerator<StepStatus> GetEnumerator() => _items.Select(item => (StepStatus)item).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
