using System.Text.Json.Serialization;

namespace Orchestrator.Cli.LoadTests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LoadTestReport))]
internal sealed partial class LoadTestJson : JsonSerializerContext;
