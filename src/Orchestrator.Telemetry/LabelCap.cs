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

    public string Of(string value) => Of(value, out _);

    /// <param name="isNew">Whether it is kept from now on.</param>
    public string Of(string value, out bool isNew)
    {
        isNew = false;
        if (_known.ContainsKey(value))
        {
            return value;
        }

        return _full ? Other : Admit(value, out isNew);
    }

    private string Admit(string value, out bool isNew)
    {
        lock (_lock)
        {
            isNew = false;
            if (_known.ContainsKey(value))
            {
                return value;
            }

            if (_full)
            {
                return Other;
            }

            isNew = true;
            _known[value] = true;
            _full = _known.Count >= MaxValues;
            return value;
        }
    }
}
