using System.Text.Json.Serialization;
using Orchestrator.Cli.Benchmarks;
using Orchestrator.Cli.Database;
using Orchestrator.Cli.Doctors;
using Orchestrator.Cli.Screens;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli;

/// <summary>What <c>orc</c> itself has to say, written like the API's answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(DatabaseStatus))]
[JsonSerializable(typeof(DatabaseVerification))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(TopSnapshot))]
internal sealed partial class CliJson : JsonSerializerContext;
