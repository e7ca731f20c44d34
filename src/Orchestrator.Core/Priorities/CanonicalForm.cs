using System.Globalization;
using System.Text;

namespace Orchestrator.Core.Priorities;

/// <summary>A text of one value or list a line that only equal contents produce: nothing a user writes can end a value or a line.</summary>
internal sealed class CanonicalForm
{
    private readonly StringBuilder _text = new();

    public void Add(string label, string value)
    {
        _text.Append(label).Append(' ');
        Write(value);
        _text.Append('\n');
    }

    public void Add(string label, IEnumerable<string> values)
    {
        _text.Append(label);
        var separator = " ";
        foreach (var value in values)
        {
            _text.Append(separator);
            Write(value);
            separator = ", ";
        }

        _text.Append('\n');
    }

    public override string ToString() => _text.ToString();

    private void Write(string value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            var unit = value[index];
            if (char.IsHighSurrogate(unit) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]))
            {
                _text.Append(unit).Append(value[++index]);
            }
            else if (unit is '\\' or ',' || char.IsControl(unit) || char.IsSurrogate(unit))
            {
                _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
            else
            {
                _text.Append(unit);
            }
        }
    }
}
