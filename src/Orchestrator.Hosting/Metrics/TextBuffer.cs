using System.Buffers;
using System.Globalization;
using System.Text;

namespace Orchestrator.Hosting.Metrics;

/// <summary>Text in UTF-8, with numbers as every culture's Prometheus reads them.</summary>
internal sealed class TextBuffer(int capacity)
{
    private const int MaxNumberLength = 32;

    private readonly ArrayBufferWriter<byte> _bytes = new(capacity);

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Clear() => _bytes.ResetWrittenCount();

    public TextBuffer Add(ReadOnlySpan<char> text)
    {
        Encoding.UTF8.GetBytes(text, _bytes);
        return this;
    }

    public TextBuffer Add(ReadOnlySpan<byte> text)
    {
        _bytes.Write(text);
        return this;
    }

    /// <param name="letter">One of ASCII.</param>
    public TextBuffer Add(char letter)
    {
        _bytes.GetSpan(1)[0] = (byte)letter;
        _bytes.Advance(1);
        return this;
    }

    public TextBuffer Add(long number)
    {
        number.TryFormat(_bytes.GetSpan(MaxNumberLength), out var length, default, CultureInfo.InvariantCulture);
        _bytes.Advance(length);
        return this;
    }

    public TextBuffer Add(double number)
    {
        if (!double.IsFinite(number))
        {
            return Add(double.IsNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf");
        }

        number.TryFormat(_bytes.GetSpan(MaxNumberLength), out var length, default, CultureInfo.InvariantCulture);
        _bytes.Advance(length);
        return this;
    }

    /// <summary>Adds a text that may hold anything: a backslash, a new line and, in quotes, a quote become two letters.</summary>
    public TextBuffer AddEscaped(ReadOnlySpan<char> text, bool quotes)
    {
        while (text.IndexOfAny('\\', '\n', quotes ? '"' : '\\') is var place and >= 0)
        {
            Add(text[..place]).Add('\\').Add(text[place] == '\n' ? 'n' : text[place]);
            text = text[(place + 1)..];
        }

        return Add(text);
    }
}
