using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Expressions.Values;

/// <summary>Writes values as JSON, within the bounds of size and depth that hold for the input of a task.</summary>
/// <param name="compact">Whether what was read is written without its white space; otherwise as it is.</param>
internal sealed class ValueWriter(Evaluation evaluation, bool compact = false) : IDisposable
{
    /// <summary>Depth is counted here, so that too much of it is an error with a place.</summary>
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _json;

    private Utf8JsonWriter Json => _json ??= new Utf8JsonWriter(_buffer, Compact);

    /// <summary>The JSON of one value.</summary>
    public static byte[] Write(Value value, Evaluation evaluation, int position, bool compact = false)
    {
        using var writer = new ValueWriter(evaluation, compact);
        writer.Add(value, position);
        return writer.ToBytes();
    }

    public void Add(Value value, int position)
    {
        evaluation.Charge(1, position);
        if (value.IsRead)
        {
            AddRead(value, position);
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Null:
                AddRaw("null"u8, position);
                break;
            case ValueKind.Boolean:
                AddRaw(value.AsBoolean() ? "true"u8 : "false"u8, position);
                break;
            case ValueKind.Number:
                Reserve(0, position);
                Json.WriteRawValue(Numbers.Write(Numbers.Of(value, evaluation, position)), skipInputValidation: true);
                break;
            case ValueKind.Text:
                AddText(value.AsText(evaluation, position), position);
                break;
            case ValueKind.Array:
                AddArray(value.AsItems(evaluation, position), position);
                break;
            default:
                AddObject(value.AsMembers(evaluation, position), position);
                break;
        }
    }

    public void AddText(string text, int position)
    {
        Reserve(text.Length, position);
        Json.WriteStringValue(text);
        Reserve(0, position);
    }

    /// <summary>A value as it is written.</summary>
    public void AddRaw(ReadOnlySpan<byte> utf8, int position)
    {
        Reserve(utf8.Length, position);
        if (utf8[0] is (byte)'{' or (byte)'[')
        {
            Deepen(JsonDepth.Of(utf8), position);
        }

        Json.WriteRawValue(utf8, skipInputValidation: true);
    }

    public void StartArray(int position)
    {
        Deepen(1, position);
        Json.WriteStartArray();
    }

    public void EndArray() => Json.WriteEndArray();

    public void StartObject(int position)
    {
        Deepen(1, position);
        Json.WriteStartObject();
    }

    public void EndObject() => Json.WriteEndObject();

    public void Name(string name, int position)
    {
        Reserve(name.Length, position);
        Json.WritePropertyName(name);
    }

    public byte[] ToBytes()
    {
        Json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    public void Dispose() => _json?.Dispose();

    private void AddRead(Value value, int position)
    {
        if (!compact)
        {
            AddRaw(value.Raw, position);
            return;
        }

        Reserve(value.Raw.Length, position);
        value.Json.WriteTo(Json);
        Reserve(0, position);
    }

    private void AddArray(Value[] items, int position)
    {
        StartArray(position);
        foreach (var item in items)
        {
            Add(item, position);
        }

        EndArray();
    }

    private void AddObject(KeyValuePair<string, Value>[] members, int position)
    {
        StartObject(position);
        foreach (var (name, value) in members)
        {
            Name(name, position);
            Add(value, position);
        }

        EndObject();
    }

    private void Reserve(int bytes, int position)
    {
        if (Json.BytesCommitted + Json.BytesPending + bytes > RunLimits.MaxValueBytes)
        {
            throw evaluation.Fail(position, $"The value is too large: more than {RunLimits.MaxValueBytes} bytes of JSON.");
        }
    }

    private void Deepen(int levels, int position)
    {
        if (Json.CurrentDepth + levels > TaskLimits.MaxJsonDepth)
        {
            throw evaluation.Fail(position, $"The value is nested deeper than {TaskLimits.MaxJsonDepth} levels.");
        }
    }
}
