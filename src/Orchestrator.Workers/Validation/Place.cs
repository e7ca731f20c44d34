using System.Globalization;
using System.Text;
using Orchestrator.Core.Json;

namespace Orchestrator.Workers.Validation;

/// <summary>Where in a payload a check is; written out as a JSON Pointer only when there is something to say about it.</summary>
internal sealed class Place
{
    public static readonly Place Root = new(null, string.Empty);

    private readonly Place? _parent;
    private readonly string? _name;
    private readonly int _index;

    private Place(Place? parent, string? name, int index = 0)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    public Place To(string name) => new(this, name);

    public Place At(int index) => new(this, null, index);

    public override string ToString()
    {
        var steps = new Stack<Place>();
        for (var place = this; place._parent is not null; place = place._parent)
        {
            steps.Push(place);
        }

        var pointer = new StringBuilder();
        foreach (var step in steps)
        {
            pointer.Append('/').Append(step._name is null ? step._index.ToString(CultureInfo.InvariantCulture) : JsonPointer.Escape(step._name));
        }

        return pointer.ToString();
    }
}
