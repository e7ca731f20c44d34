using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>The committed description of the API.</summary>
public static class ApiDocument
{
    /// <summary>One operation: how it is asked for, by a path in which every parameter is a sample.</summary>
    public sealed record Operation(string Name, Regex Request, IReadOnlyList<string> Query, IReadOnlyList<string> Headers);

    public static IReadOnlyList<Operation> Operations { get; } = Read();

    private static IReadOnlyList<Operation> Read()
    {
        var document = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Combine("docs", "openapi.json")))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               from method in path.Value!.AsObject()
               select new Operation(
                   $"{method.Key.ToUpperInvariant()} {path.Key}",
                   Pattern(method.Key.ToUpperInvariant(), path.Key),
                   Parameters(method.Value!, "query"),
                   Parameters(method.Value!, "header")),
        ];
    }

    private static Regex Pattern(string method, string path)
    {
        var segments = path.Split('/').Select(segment => segment.StartsWith('{') ? $"({Samples.Text}|{Samples.Id})" : Regex.Escape(segment));
        return new Regex($"^{method} {string.Join('/', segments)}$");
    }

    private static IReadOnlyList<string> Parameters(JsonNode operation, string place) =>
    [
        .. from parameter in operation["parameters"]?.AsArray() ?? []
           where parameter!["in"]!.GetValue<string>() == place
           select parameter["name"]!.GetValue<string>(),
    ];
}
