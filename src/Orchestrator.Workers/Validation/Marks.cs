namespace Orchestrator.Workers.Validation;

/// <summary>The members and items of one value that some schema has looked at: what <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> leave alone.</summary>
internal sealed class Marks
{
    private HashSet<string>? _names;
    private HashSet<int>? _items;
    private int _firstItems;

    public void Add(string name) => (_names ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    public void Add(int item) => (_items ??= []).Add(item);

    public void AddFirst(int items) => _firstItems = Math.Max(_firstItems, items);

    public bool Has(string name) => _names?.Contains(name) ?? false;

    public bool Has(int item) => item < _firstItems || (_items?.Contains(item) ?? false);

    public void Merge(Marks other)
    {
        AddFirst(other._firstItems);
        if (other._names is not null)
        {
            (_names ??= new HashSet<string>(StringComparer.Ordinal)).UnionWith(other._names);
        }

        if (other._items is not null)
        {
            (_items ??= []).UnionWith(other._items);
        }
    }
}
