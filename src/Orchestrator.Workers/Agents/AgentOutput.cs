using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Workers.Agents.Tools;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Agents;

/// <summary>What an agent's result must be.</summary>
internal sealed class AgentOutput
{
    /// <summary>Models give an object to a tool, so a result that is none stands in one.</summary>
    private const string Wrapper = "output";

    /// <summary>How many mistakes of a result the model is told at a time.</summary>
    private const int MaxMistakes = 20;

    private static readonly byte[] TextParameters =
        """{"type":"object","required":["text"],"additionalProperties":false,"properties":{"text":{"type":"string","description":"The result."}}}"""u8.ToArray();

    private readonly PayloadSchema? _schema;
    private readonly bool _isWrapped;

    private AgentOutput(PayloadSchema? schema, bool isWrapped, byte[] finishParameters)
    {
        _schema = schema;
        _isWrapped = isWrapped;
        FinishParameters = finishParameters;
    }

    /// <summary>Whether it must follow a schema.</summary>
    public bool IsStructured => _schema is not null;

    /// <summary>The JSON Schema of what the tool <c>finish</c> is given.</summary>
    public ReadOnlyMemory<byte> FinishParameters { get; }

    /// <exception cref="SchemaException">It is no JSON Schema.</exception>
    public static AgentOutput Of(string? schema)
    {
        if (schema is null)
        {
            return new AgentOutput(null, false, TextParameters);
        }

        var bytes = Encoding.UTF8.GetBytes(schema);
        var parsed = PayloadSchema.Parse(bytes);
        return JsonNode.Parse(bytes) is JsonObject root && root["type"] is JsonValue type && type.TryGetValue<string>(out var name) && name == "object"
            ? new AgentOutput(parsed, false, bytes)
            : new AgentOutput(parsed, true, Wrap(bytes));
    }

    /// <summary>What the model gave to <c>finish</c>.</summary>
    public ToolOutcome TakeFinish(JsonElement arguments, int turns)
    {
        if (_schema is null)
        {
            return arguments.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
                ? Finish(text.GetString()!, turns)
                : new ToolOutcome.Unacceptable("\"text\" must be a text.");
        }

        if (!_isWrapped)
        {
            return Check(JsonMarshal.GetRawUtf8Value(arguments).ToArray());
        }

        return arguments.TryGetProperty(Wrapper, out var output)
            ? Check(JsonMarshal.GetRawUtf8Value(output).ToArray())
            : new ToolOutcome.Unacceptable($"\"{Wrapper}\" is required.");
    }

    /// <summary>What the model said without calling a tool.</summary>
    public ToolOutcome TakeText(string text, int turns)
    {
        if (_schema is null)
        {
            return Finish(text, turns);
        }

        using var document = ModelJson.Parse(text, out var fault);
        return document is null
            ? new ToolOutcome.Unacceptable($"Your answer is no JSON as it is taken here: {fault} Call the tool finish with the result.")
            : Check(Encoding.UTF8.GetBytes(text));
    }

    private static ToolOutcome.Finished Finish(string text, int turns)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteNumber("turns", turns);
            json.WriteEndObject();
        }

        return new ToolOutcome.Finished(buffer.ToArray());
    }

    private ToolOutcome Check(byte[] payload)
    {
        var mistakes = _schema!.Check(payload);
        return mistakes.Count == 0
            ? new ToolOutcome.Finished(payload)
            : new ToolOutcome.Unacceptable(string.Join('\n', mistakes.Take(MaxMistakes).Select(static mistake => $"{(mistake.Path.Length == 0 ? "(all)" : mistake.Path)}: {mistake.Message}")));
    }

    private static byte[] Wrap(byte[] schema)
    {
        var inner = JsonNode.Parse(schema);
        var wrapped = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray(Wrapper),
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject { [Wrapper] = inner },
        };

        // So that references from the root still find them.
        foreach (var definitions in new[] { "$defs", "definitions" })
        {
            if (inner is JsonObject root && root[definitions] is { } shared)
            {
                wrapped[definitions] = shared.DeepClone();
            }
        }

        return Encoding.UTF8.GetBytes(wrapped.ToJsonString());
    }
}
