using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Workers.Agents.Loop;

/// <summary>The checkpoint's form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AgentState))]
internal sealed partial class AgentStateJson : JsonSerializerContext
{
    /// <summary>Letters are written as they are, so that a conversation takes no more room than it must.</summary>
    private static AgentStateJson Compact => field ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] Write(AgentState state) => JsonSerializer.SerializeToUtf8Bytes(state, Compact.AgentState);

    /// <exception cref="JsonException">It is none.</exception>
    public static AgentState Read(ReadOnlyMemory<byte> checkpoint) =>
        JsonSerializer.Deserialize(checkpoint.Span, Compact.AgentState) ?? throw new JsonException("The checkpoint is null.");
}
