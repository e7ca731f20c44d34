using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Documents;

public sealed class OpenApiDocumentTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task OpenApi_Served_IsTheCommittedDocument()
    {
        var document = await ReadAsync();

        Snapshot.Check(document.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n", "docs", "openapi.json");
    }

    [Fact]
    public async Task OpenApi_EveryOperation_HasANameASummaryAndErrorAnswers()
    {
        var operations = await OperationsAsync();

        Assert.True(operations.Count >= 24, $"{operations.Count} operations");
        Assert.All(operations, operation => Assert.NotEmpty(operation.Value!["summary"]!.GetValue<string>()));
        Assert.Equal(operations.Count, operations.Select(operation => operation.Value!["operationId"]!.GetValue<string>()).Distinct().Count());
        Assert.All(
            operations.Where(operation => operation.Key.Contains("/api/v1", StringComparison.Ordinal)),
            operation => Assert.NotNull(operation.Value!["responses"]!["400"]!["content"]!["application/problem+json"]));
    }

    [Fact]
    public async Task OpenApi_EveryReference_IsDefined()
    {
        var document = await ReadAsync();
        var defined = document["components"]!["schemas"]!.AsObject().Select(schema => $"#/components/schemas/{schema.Key}").ToHashSet();

        var used = References(document).ToList();

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(defined));
    }

    private async Task<JsonNode> ReadAsync() =>
        JsonNode.Parse(await gateway.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;

    private async Task<IReadOnlyDictionary<string, JsonNode?>> OperationsAsync() =>
        (await ReadAsync())["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => ($"{operation.Key} {path.Key}", operation.Value)))
            .ToDictionary();

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [member.Value!.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
