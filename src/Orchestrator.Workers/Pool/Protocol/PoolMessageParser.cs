using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers.Pool;

/// <summary>Reads one line from a worker process. Members it does not know are passed over, so that workers may be newer than the pool.</summary>
internal ref struct PoolMessageParser
{
    private static readonly PoolMessage Heartbeat = new(PoolMessageType.Heartbeat);

    private readonly ReadOnlySequence<byte> _line;
    private Utf8JsonReader _reader;
    private string? _type;
    private Guid? _id;
    private List<string>? _actions;
    private double? _fraction;
    private string? _text;
    private byte[]? _output;
    private string? _code;
    private string? _message;
    private bool? _retryable;
    private long? _request;
    private byte[]? _tasks;
    private ReadOnlyMemory<byte>? _checkpoint;
    private List<Guid>? _children;
    private string? _key;
    private string? _question;
    private ReadOnlyMemory<byte>? _details;
    private long? _timeoutMs;

    private PoolMessageParser(ReadOnlySequence<byte> line)
    {
        _line = line;
        // The line itself is one level around what may be as deep as any JSON of a task.
        _reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = TaskLimits.MaxJsonDepth + 1 });
    }

    /// <exception cref="PoolProtocolException">The line is not a message of the protocol.</exception>
    public static PoolMessage Parse(ReadOnlySequence<byte> line)
    {
        CheckUtf8(line);
        try
        {
            var parser = new PoolMessageParser(line);
            parser.ReadMembers();
            return parser.Build();
        }
        catch (JsonException exception)
        {
            throw new PoolProtocolException($"wrote a line that is not JSON: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new PoolProtocolException("wrote a string with half a surrogate pair");
        }
    }

    private static void CheckUtf8(in ReadOnlySequence<byte> line)
    {
        var valid = line.IsSingleSegment ? Utf8.IsValid(line.FirstSpan) : Utf8.IsValid(line.ToArray());
        if (!valid)
        {
            throw new PoolProtocolException("wrote a line that is not UTF-8");
        }
    }

    private void ReadMembers()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            throw new PoolProtocolException("wrote a line that is not a JSON object");
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember();
        }

        // Refuses anything after the object.
        _reader.Read();
    }

    private void ReadMember()
    {
        if (_reader.ValueTextEquals("type"u8))
        {
            _type = ReadString("type");
        }
        else if (_reader.ValueTextEquals("id"u8))
        {
            _id = Guid.TryParse(ReadString("id"), out var id) ? id : Guid.Empty;
        }
        else if (_reader.ValueTextEquals("actions"u8))
        {
            _actions = ReadStrings("actions");
        }
        else if (_reader.ValueTextEquals("fraction"u8))
        {
            _reader.Read();
            _fraction = _reader.TokenType == JsonTokenType.Number ? _reader.GetDouble() : throw Wrong("fraction", "a number");
        }
        else if (_reader.ValueTextEquals("text"u8))
        {
            _text = ReadString("text");
        }
        else if (_reader.ValueTextEquals("output"u8))
        {
            _output = ReadRaw();
        }
        else if (_reader.ValueTextEquals("request"u8))
        {
            _request = ReadInteger("request");
        }
        else if (_reader.ValueTextEquals("tasks"u8))
        {
            _tasks = ReadRaw();
        }
        else if (_reader.ValueTextEquals("checkpoint"u8))
        {
            _checkpoint = ReadRaw();
        }
        else if (_reader.ValueTextEquals("children"u8))
        {
            _children = [.. ReadStrings("children").Select(static child => Guid.TryParse(child, out var id) ? id : Guid.Empty)];
        }
        else if (_reader.ValueTextEquals("key"u8))
        {
            _key = ReadString("key");
        }
        else if (_reader.ValueTextEquals("question"u8))
        {
            _question = ReadString("question");
        }
        else if (_reader.ValueTextEquals("details"u8))
        {
            _details = ReadRaw();
        }
        else if (_reader.ValueTextEquals("timeoutMs"u8))
        {
            _timeoutMs = ReadInteger("timeoutMs");
        }
        else if (_reader.ValueTextEquals("code"u8))
        {
            _code = ReadString("code");
        }
        else if (_reader.ValueTextEquals("message"u8))
        {
            _message = ReadString("message");
        }
        else if (_reader.ValueTextEquals("retryable"u8))
        {
            _reader.Read();
            _retryable = _reader.TokenType switch
            {
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.Null => null,
                _ => throw Wrong("retryable", "true or false"),
            };
        }
        else
        {
            _reader.Skip();
        }
    }

    private PoolMessage Build() => _type switch
    {
        "ready" => new(PoolMessageType.Ready) { Actions = _actions ?? throw Missing("actions") },
        "heartbeat" => Heartbeat,
        "progress" => new(PoolMessageType.Progress) { Id = RequiredId(), Fraction = _fraction ?? throw Missing("fraction"), Message = _message },
        "chunk" => new(PoolMessageType.Chunk) { Id = RequiredId(), Text = _text ?? throw Missing("text") },
        "result" => new(PoolMessageType.Result) { Id = RequiredId(), Output = _output ?? throw Missing("output") },
        "error" => new(PoolMessageType.Error) { Id = RequiredId(), Code = _code ?? throw Missing("code"), Message = _message, Retryable = _retryable },
        "delegate" => new(PoolMessageType.Delegate) { Id = RequiredId(), Request = _request, Tasks = _tasks ?? throw Missing("tasks"), Checkpoint = _checkpoint },
        "outcomes" => new(PoolMessageType.Outcomes) { Id = RequiredId(), Request = _request, Children = _children ?? throw Missing("children") },
        "wait" => new(PoolMessageType.Wait) { Id = RequiredId(), Children = _children ?? throw Missing("children"), Checkpoint = _checkpoint },
        "decision" => new(PoolMessageType.Decision) { Id = RequiredId(), Request = _request, Key = _key },
        "ask" => new(PoolMessageType.Ask)
        {
            Id = RequiredId(),
            Key = _key,
            Question = _question ?? throw Missing("question"),
            Details = _details,
            TimeoutMs = _timeoutMs,
            Checkpoint = _checkpoint,
        },
        null => throw new PoolProtocolException("wrote a line without \"type\""),
        _ => throw new PoolProtocolException($"wrote a line of the unknown type \"{(_type.Length > 40 ? _type[..40] : _type)}\""),
    };

    private readonly Guid RequiredId() => _id ?? throw Missing("id");

    private string? ReadString(string name)
    {
        _reader.Read();
        return _reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? _reader.GetString() : throw Wrong(name, "a string");
    }

    private long? ReadInteger(string name)
    {
        _reader.Read();
        return _reader.TokenType == JsonTokenType.Null ? null
            : _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var number) ? number
            : throw Wrong(name, "a whole number");
    }

    private List<string> ReadStrings(string name)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong(name, "an array of strings");
        }

        var strings = new List<string>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            strings.Add(_reader.TokenType == JsonTokenType.String ? _reader.GetString()! : throw Wrong(name, "an array of strings"));
        }

        return strings;
    }

    private byte[] ReadRaw()
    {
        _reader.Read();
        var start = _reader.TokenStartIndex;
        _reader.Skip();
        return _line.Slice(start, _reader.BytesConsumed - start).ToArray();
    }

    private readonly PoolProtocolException Missing(string member) => new($"wrote a line of type \"{_type}\" without \"{member}\"");

    private static PoolProtocolException Wrong(string member, string form) => new($"wrote a line whose \"{member}\" is not {form}");
}
