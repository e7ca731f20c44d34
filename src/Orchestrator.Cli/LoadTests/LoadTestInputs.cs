using System.Text.Json;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.LoadTests;

/// <summary>Inputs for the actions that every silo can have.</summary>
internal static class LoadTestInputs
{
    public const string Summary = "generation.summary";
    public const string Keywords = "generation.keywords";
    public const string Simulated = "generation.simulated";

    private const string Text =
        "Tasks are durable: a task that was accepted survives the crash of the process that ran it. Its lease expires, and another "
        + "worker takes it up. What the first worker still answers is refused, so that a result is accepted exactly once. A workspace "
        + "owns its tasks and decides which of them matters most, within its limits. Shares between workspaces are fair by weight, so a "
        + "flood of one delays nobody else for long. Silos come and go; the database is all that they share. A gateway that restarts "
        + "loses nothing, because it holds nothing. Whoever waits for a result asks again, and finds the task where it stands.";

    private static readonly Dictionary<string, RawJson> Inputs = new(StringComparer.Ordinal)
    {
        [Summary] = Json($$"""{"text": {{Quoted}}, "maxSentences": 2}"""),
        [Keywords] = Json($$"""{"text": {{Quoted}}}"""),
        [Simulated] = Json("""{"latencyMs": 100, "jitterMs": 50}"""),
    };

    public static IReadOnlyCollection<string> Actions => Inputs.Keys;

    private static string Quoted => $"\"{JsonEncodedText.Encode(Text)}\"";

    /// <summary>Null for an action that brings none.</summary>
    public static RawJson? For(string action) => Inputs.TryGetValue(action, out var input) ? input : null;

    private static RawJson Json(string json) => RawJson.From(json)!.Value;
}
