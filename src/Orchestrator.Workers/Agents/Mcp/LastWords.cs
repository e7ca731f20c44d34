namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>The last lines that a program wrote to its standard error, without its secrets. It writes while others read.</summary>
internal sealed class LastWords(Secrets secrets)
{
    private const int MaxLines = 20;
    private const int MaxLineLength = 2_000;
    private const int MaxEndLength = 500;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        // Hidden before it is cut, so that no part of a secret is left at an end.
        var said = Plain(secrets.Hide(line)).Trim();
        if (said.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            _lines.Enqueue(Last(said, MaxLineLength));
            if (_lines.Count > MaxLines)
            {
                _lines.Dequeue();
            }
        }
    }

    /// <summary>All that is kept, a line each; empty when it said nothing.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join('\n', _lines);
        }
    }

    /// <summary>The end of it in one line; empty when it said nothing.</summary>
    public string End() => Last(ToString().Replace("\n", " | ", StringComparison.Ordinal), MaxEndLength);

    /// <summary>No control characters, which stores and terminals make something else of.</summary>
    private static string Plain(string line) => string.Concat(line.Select(static letter => char.IsControl(letter) ? ' ' : letter));

    private static string Last(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var start = text.Length - length;
        return "…" + text[(char.IsLowSurrogate(text[start]) ? start + 1 : start)..];
    }
}
