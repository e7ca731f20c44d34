using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Workers;

/// <summary>Where in an input: <c>$.items[3].name</c>, and <c>$['odd name']</c>; a name of the input's own is cut to a length fit for a message.</summary>
internal readonly partial record struct InputPath(string Text)
{
    private const int MaxName = 100;

    public InputPath To(string name)
    {
        var shown = name.Length <= MaxName ? name : $"{name[..(char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName)]}…";
        return new InputPath(Plain().IsMatch(name) ? $"{Text}.{shown}" : $"{Text}['{shown}']");
    }

    public InputPath At(int index) => new(string.Create(CultureInfo.InvariantCulture, $"{Text}[{index}]"));

    public override string ToString() => Text;

    [GeneratedRegex(@"^[\w$@-]+\z")]
    private static partial Regex Plain();
}
