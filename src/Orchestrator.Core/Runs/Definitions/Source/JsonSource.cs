using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Orchestrator.Core.Json;

namespace Orchestrator.Core.Runs.Definitions.Source;

/// <summary>Reads the tree of a document in JSON, UTF-8.</summary>
internal sealed class JsonSource
{
    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly ProblemList _problems;
    private readonly SourceBuilder _builder;
    private readonly Func<SourceNode, int, SourcePlace> _locator;

    // How far the text is counted, and the place there; tokens come in order, so each byte is counted once.
    private int _counted;
    private SourcePlace _place = new(1, 1);

    private JsonSource(ReadOnlyMemory<byte> utf8, ProblemList problems)
    {
        _utf8 = utf8;
        _problems = problems;
        _builder = new SourceBuilder(problems);
        _locator = Locate;
    }

    /// <summary>The document; null where the text is no JSON at all.</summary>
    public static SourceNode? Read(ReadOnlyMemory<byte> utf8, ProblemList problems) => new JsonSource(utf8, problems).Read();

    private SourceNode? Read()
    {
        if (!Utf8.IsValid(_utf8.Span))
        {
            _problems.Add(JsonPointer.Root, PlaceAt(StrictJson.FindInvalidByte(_utf8.Span)), "is not valid UTF-8 from here on.");
            return null;
        }

        // Nothing here recurses, so no depth is too much for the parser; the builder bounds it.
        var reader = new Utf8JsonReader(_utf8.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                AddToken(ref reader);
            }

            return _builder.Root;
        }
        catch (JsonException exception)
        {
            var fault = _utf8.IsEmpty ? "is empty; a definition is expected." : $"is malformed: {StrictJson.FaultOf(exception)}";
            _problems.Add(JsonPointer.Root, PlaceOf(exception), fault);
            return null;
        }
    }

    private void AddToken(ref Utf8JsonReader reader)
    {
        var offset = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _builder.Begin(SourceKind.Map, PlaceAt(offset));
                break;
            case JsonTokenType.StartArray:
                _builder.Begin(SourceKind.List, PlaceAt(offset));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _builder.End();
                break;
            case JsonTokenType.PropertyName:
                AddName(ref reader, PlaceAt(offset));
                break;
            case JsonTokenType.String when JsonText.FindFault(ref reader) is { } fault:
                _builder.AddFault(PlaceAt(offset), fault);
                break;
            case JsonTokenType.String:
                _builder.Add(new SourceNode { Kind = SourceKind.Text, Place = PlaceAt(offset), Text = reader.GetString()!, Offset = offset, Locator = _locator });
                break;
            default:
                var kind = reader.TokenType switch
                {
                    JsonTokenType.Null => SourceKind.Null,
                    JsonTokenType.Number => SourceKind.Number,
                    _ => SourceKind.Boolean,
                };
                _builder.Add(new SourceNode { Kind = kind, Place = PlaceAt(offset), Text = Encoding.UTF8.GetString(reader.ValueSpan) });
                break;
        }
    }

    private void AddName(ref Utf8JsonReader reader, SourcePlace place)
    {
        if (JsonText.FindFault(ref reader) is { } fault)
        {
            // Such a name cannot be decoded, so it stays as it was written.
            _builder.AddName(Encoding.UTF8.GetString(reader.ValueSpan), place);
            _builder.Report(place, fault);
        }
        else
        {
            _builder.AddName(reader.GetString()!, place);
        }
    }

    /// <summary>The place of a byte; each at or after the one before.</summary>
    private SourcePlace PlaceAt(int offset)
    {
        for (var rest = _utf8.Span[_counted..offset]; !rest.IsEmpty; rest = _utf8.Span[_counted..offset])
        {
            var end = rest.IndexOf((byte)'\n');
            _place = end < 0
                ? _place with { Column = _place.Column + Encoding.UTF8.GetCharCount(rest) }
                : new SourcePlace(_place.Line + 1, 1);
            _counted += end < 0 ? rest.Length : end + 1;
        }

        return _place;
    }

    private SourcePlace PlaceOf(JsonException exception)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            start += _utf8.Span[start..].IndexOf((byte)'\n') + 1;
        }

        var offset = Math.Min(_utf8.Length, start + (int)(exception.BytePositionInLine ?? 0));
        return offset < _counted ? _place : PlaceAt(offset);
    }

    /// <summary>The place of a character of a text: past its quote, and past the escapes before it.</summary>
    private SourcePlace Locate(SourceNode node, int position)
    {
        var raw = _utf8.Span[(node.Offset + 1)..];
        var column = node.Place.Column + 1;
        for (var unit = 0; unit < position && !raw.IsEmpty && raw[0] != (byte)'"'; unit++)
        {
            int bytes, written;
            if (raw[0] == (byte)'\\')
            {
                bytes = written = raw[1] == (byte)'u' ? 6 : 2;
            }
            else
            {
                Rune.DecodeFromUtf8(raw, out var rune, out bytes);
                written = rune.Utf16SequenceLength;
                unit += written - 1;
            }

            raw = raw[bytes..];
            column += written;
        }

        return node.Place with { Column = column };
    }
}
