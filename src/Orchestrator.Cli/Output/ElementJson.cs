using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Cli.Output;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ElementJson : JsonSerializerContext;
