using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.TestKit;
using Orchestrator.Workers.Validation;
using Xunit.Abstractions;

namespace Orchestrator.Workers.Tests.Validation;

/// <summary>The test suite of JSON Schema itself (json-schema-org/JSON-Schema-Test-Suite), as far as it is about what is supported.</summary>
public sealed class SuiteTests(ITestOutputHelper output)
{
    private static readonly string Folder = RepositoryFolder.Combine("tests", "Orchestrator.Workers.Tests", "Validation", "Suite");

    /// <summary>Tests that ask for something else than what is promised here, by what stands in their names, and why.</summary>
    private static readonly IReadOnlyList<(string Name, string Why)> Others =
    [
        ("draft2020-12/defs.json: validate definition against metaschema", "nothing is fetched"),
        ("draft7/definitions.json: validate definition against metaschema", "nothing is fetched"),
        ("draft2020-12/ref.json: remote ref, containing refs itself", "nothing is fetched"),
        ("draft7/ref.json: remote ref, containing refs itself", "nothing is fetched"),
        ("draft2020-12/unevaluatedItems.json: unevaluatedItems with $dynamicRef", "$dynamicRef is refused"),
        ("draft2020-12/unevaluatedProperties.json: unevaluatedProperties with $dynamicRef", "$dynamicRef is refused"),
        ("const.json: nul characters", "NUL is refused everywhere"),
        ("enum.json: nul characters", "NUL is refused everywhere"),
        ("format/json-pointer.json: validation of JSON-pointers (JSON String Representation): valid JSON-pointer (control", "it has NUL, which is refused everywhere"),
        ("format/hostname.json: validation of A-label", "names in Punycode are not decoded"),
        ("format/uri-reference.json: validation of URI References: a colon in the first", "URIs are checked for their characters and scheme, not for each of their parts"),
        ("format/uri-reference.json: validation of URI References: a leading zero", "URIs are checked for their characters and scheme, not for each of their parts"),
        ("format/uri-reference.json: validation of URI References: a non-numeric port", "URIs are checked for their characters and scheme, not for each of their parts"),
        ("format/uri-reference.json: validation of URI References: more than one at-sign", "URIs are checked for their characters and scheme, not for each of their parts"),
        ("format/uri-reference.json: validation of URI References: square brackets", "URIs are checked for their characters and scheme, not for each of their parts"),
        ("format/uri.json: validation of URIs: invalid userinfo", "URIs are checked for their characters and scheme, not for each of their parts"),
        ("float-overflow.json", "multipleOf is exact as far as decimals reach"),
    ];

    public static TheoryData<string> Files
    {
        get
        {
            var files = new TheoryData<string>();
            foreach (var file in Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                files.Add(Path.GetRelativePath(Folder, file));
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Check_OfTheSuite_IsAsItSays(string file)
    {
        using var groups = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
        var wrong = new List<string>();
        var count = 0;
        foreach (var group in groups.RootElement.EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var name = $"{file}: {group.GetProperty("description")}: {test.GetProperty("description")}";
                if (Others.Any(other => name.Contains(other.Name, StringComparison.Ordinal)))
                {
                    continue;
                }

                count++;
                if (Try(file, group.GetProperty("schema"), test) is { } fault)
                {
                    wrong.Add($"{name}: {fault}");
                }
            }
        }

        output.WriteLine($"{count} tests");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string? Try(string file, JsonElement schema, JsonElement test)
    {
        try
        {
            var errors = PayloadSchema.Parse(WithDialect(file, schema)).Check(JsonMarshal.GetRawUtf8Value(test.GetProperty("data")).ToArray());
            return errors.Count == 0 == test.GetProperty("valid").GetBoolean() ? null : $"[{string.Join("; ", errors)}]";
        }
        catch (SchemaException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>The tests of draft 7 do not say that they are.</summary>
    private static byte[] WithDialect(string file, JsonElement schema)
    {
        var root = JsonNode.Parse(JsonMarshal.GetRawUtf8Value(schema))!;
        if (file.StartsWith("draft7", StringComparison.Ordinal) && root is JsonObject members)
        {
            members.TryAdd("$schema", "http://json-schema.org/draft-07/schema#");
        }

        return JsonSerializer.SerializeToUtf8Bytes(root);
    }
}
