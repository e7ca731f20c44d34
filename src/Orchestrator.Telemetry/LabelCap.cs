using System.Collections.Concurrent;

namespace Orchestrator.Telemetry;

/// <summary>Bounds a label whose values users choose: the first <see cref="MaxValues"/> are kept, all later ones become <see cref="Other"/>.</summary>
public sealed class LabelCap
{
    public const int MaxValues = 200;
    public const string Other = "other";

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private volatile bool _full;

    public string Of(string value)
    {
        if (_known.ContainsKey(value))
        {
            return value;
        }

        return _full ? Other : Admit(value);
    }

    private string Admit(string value)
    {
        lock (_lock)
        {
            if (_known.ContainsKey(value))
            {
                return value;
            }

            if (_full)
            {
                return Other;
            }

            _known[value] = true;
            _full = _known.Count >= MaxValues;
            return value;
        }
    }
}
