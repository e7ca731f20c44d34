using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Client;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;
using static Orchestrator.Gateway.Tests.Runs.RunGateway;

namespace Orchestrator.Gateway.Tests.Runs;

public sealed partial class DefinitionTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Path = "/api/v1/definitions";

    /// <summary>Ten mistakes, each of another kind, and where each stands.</summary>
    private const string TenMistakes = """
        owner: Acme
        name: ten
        version: "1"
        surprise: 1
        execution: { concurrency: { maxParallel: 0 } }
        steps:
          - { id: a, action: generation.echo, needs: [nobody] }
          - { id: a, action: generation.echo }
          - { id: b, action: generation.echo, input: "${{ run.input + }}" }
          - { id: c, action: generation.echo, run: acme/other@1 }
          - { id: d, action: generation.echo, needs: [e] }
          - { id: e, action: generation.echo, needs: [d] }
          - { id: f, action: generation.echo, input: "${{ item }}" }
          - { id: g, approval: { timeoutMs: 5 } }
        """;

    [Fact]
    public async Task Publish_Yaml_Is201AndTheSameAgainIs200()
    {
        var name = NewName();
        var text = $"owner: test\nname: {name}\nversion: \"1.0\"\ndescription: Says it.\nsteps:\n  - id: a # the only one\n    action: generation.echo\n";

        var created = await gateway.PostAsync(Path, Yaml(text), 201);

        Assert.Equal($"{Path}/test/{name}?version=1.0", created.Headers.Location!.ToString());
        Assert.Equal(($"test/{name}@1.0", "yaml", text, "Says it."), (created.Text("id"), created.Text("format"), created.Text("source"), created.Text("description")));
        Assert.Equal("a", created.Body.GetProperty("document").GetProperty("steps")[0].GetProperty("id").GetString());
        Assert.Equal(WithoutWarnings(created), WithoutWarnings(await gateway.PostAsync(Path, Yaml(text))));
        Assert.Equal(WithoutWarnings(created), (await gateway.GetAsync(created.Headers.Location.ToString())).Body.GetRawText());
        var other = await gateway.PostAsync(Path, Yaml(text.Replace("Says it.", "Says more.", StringComparison.Ordinal)), 409);
        Assert.Equal(("definition-exists", "/version"), (other.Problem, Assert.Single(other.Pointers)));
    }

    [Fact]
    public async Task Publish_JsonOfTheSameMeaning_IsTheSameDefinition()
    {
        var name = NewName();
        await gateway.PostAsync(Path, $"{{\"owner\":\"test\",\"name\":\"{name}\",\"version\":\"1\",\"steps\":[{{\"id\":\"a\",\"action\":\"generation.echo\"}}]}}", 201);
        await gateway.PostAsync(Path, Yaml($"owner: test\nname: {name}\nversion: '1'\nsteps: [{{ id: a, action: generation.echo }}]"));
    }

    [Theory]
    [InlineData("application/yaml; charset=utf-8")]
    [InlineData("text/yaml")]
    [InlineData("application/x-yaml")]
    [InlineData("application/vnd.test+yaml")]
    public async Task Publish_OtherNamesOfYaml_AreTaken(string type)
    {
        using var content = new StringContent($"owner: test\nname: {NewName()}\nversion: v1\nsteps: [{{ id: a, action: generation.echo }}]");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        await gateway.PostAsync(Path, content, 201);
    }

    [Fact]
    public async Task Publish_DryRun_ChecksOnly()
    {
        var name = NewName();
        var text = $"owner: test\nname: {name}\nversion: v1\nsteps: [{{ id: a, action: generation.echo }}]";

        var found = await gateway.PostAsync($"{Path}?dryRun=true", Yaml(text));

        Assert.Equal(($"test/{name}@v1", JsonValueKind.Null), (found.Text("id"), found.Body.GetProperty("publishedAt").ValueKind));
        Assert.Equal("definition-not-found", (await gateway.GetAsync($"{Path}/test/{name}", 404)).Problem);
        await gateway.PostAsync(Path, Yaml(text), 201);
        Assert.NotEqual(JsonValueKind.Null, (await gateway.PostAsync($"{Path}?dryRun=true", Yaml(text))).Body.GetProperty("publishedAt").ValueKind);
        Assert.Equal("definition-exists", (await gateway.PostAsync($"{Path}?dryRun=true", Yaml($"{text}\ndescription: other"), 409)).Problem);
        Assert.Equal(["/owner"], (await gateway.PostAsync($"{Path}?dryRun=true", Yaml(text.Replace("test", "Test", StringComparison.Ordinal)), 400)).Pointers);
    }

    [Fact]
    public async Task Publish_TenMistakes_NamesEachWithItsPlace()
    {
        var refused = await gateway.PostAsync(Path, Yaml(TenMistakes), 400);

        var places = Places(refused);
        Assert.Equal(
            ["/execution/concurrency/maxParallel@5", "/owner@1", "/steps/0/needs/0@7", "/steps/1/id@8", "/steps/2/input@9", "/steps/3/run@10", "/steps/4/needs/0@11", "/steps/6/input@13", "/steps/7/approval/question@14", "/surprise@4"],
            places);
    }

    [Fact]
    public async Task Publish_TenMistakesInJson_NamesTheSame()
    {
        // Written by hand line by line, so that each place is that of the YAML one line below.
        var json = """
            {"owner": "Acme",
             "name": "ten",
             "version": "1",
             "surprise": 1,
             "execution": {"concurrency": {"maxParallel": 0}},
             "steps": [
              {"id": "a", "action": "generation.echo", "needs": ["nobody"]},
              {"id": "a", "action": "generation.echo"},
              {"id": "b", "action": "generation.echo", "input": "${{ run.input + }}"},
              {"id": "c", "action": "generation.echo", "run": "acme/other@1"},
              {"id": "d", "action": "generation.echo", "needs": ["e"]},
              {"id": "e", "action": "generation.echo", "needs": ["d"]},
              {"id": "f", "action": "generation.echo", "input": "${{ item }}"},
              {"id": "g", "approval": {"timeoutMs": 5}}
             ]}
            """;

        Assert.Equal(Places(await gateway.PostAsync(Path, Yaml(TenMistakes), 400)), Places(await gateway.PostAsync(Path, json, 400)));
    }

    [Fact]
    public async Task Publish_SubRunThatIsNotPublished_AndInputThatIsNoSchema_AreNamedWithTheirPlaces()
    {
        var refused = await gateway.PostAsync(
            Path, Yaml("owner: test\nname: lost\nversion: v1\ninput: { type: objekt }\nsteps:\n  - { id: a, run: test/never@1 }\n  - { id: b, run: test/never@2 }"), 400);

        Assert.Equal(["/input/type@4", "/steps/0/run@6", "/steps/1/run@7"], Places(refused));
        Assert.Contains("publish it first", refused.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_MistakesOfEveryKind_AreToldAtOnceInTheOrderOfTheText()
    {
        const string text = "owner: test\nname: Lost\nversion: v1\ninput: { type: objekt }\nsteps:\n  - 7\n  - { id: a, run: test/never@1 }\n  - { id: b, acton: x, input: \"${{ a }} ${{ b }}\" }";
        var refused = await gateway.PostAsync($"{Path}?dryRun=true", Yaml(text), 400);

        Assert.Equal(["/input/type@4", "/name@2", "/steps/0@6", "/steps/1/run@7", "/steps/2/acton@8", "/steps/2/input@8", "/steps/2/input@8"], Places(refused));
        Assert.Equal(["/name", "/input/type", "/steps/0", "/steps/1/run", "/steps/2/acton", "/steps/2/input"], refused.Body.GetProperty("errors").EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Schema_ForEditors_IsServed()
    {
        using var answer = await gateway.Client.GetAsync($"{Path}/schema");

        Assert.Equal((System.Net.HttpStatusCode.OK, "application/schema+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal(DefinitionSchema.Utf8.ToArray(), await answer.Content.ReadAsByteArrayAsync());
        using var client = new OrchestratorClient(gateway.Client);
        Assert.Equal(Encoding.UTF8.GetString(DefinitionSchema.Utf8.Span).Trim(), (await client.Definitions.GetSchemaAsync()).ToString());
    }

    [Fact]
    public async Task Publish_TheExamplesOfTheDocument_Works()
    {
        var blocks = Block().Matches(await File.ReadAllTextAsync(RepositoryFolder.Combine("docs", "definitions.md"))).Select(block => block.Groups["text"].Value).ToList();

        // The second is the sub-run of the first.
        Assert.Equal(2, blocks.Count);
        await gateway.PostAsync(Path, Yaml(blocks[1]), 201);
        await gateway.PostAsync(Path, Yaml(blocks[0]), 201);
    }

    [Fact]
    public async Task Publish_BodiesThatAreNone_AreRefused()
    {
        foreach (var body in new[] { "", " ", "{", "[]", "1", "{\"owner\":\"a\",\"owner\":\"b\"}", "{\"owner\":\"\\u0000\"}" })
        {
            Assert.Equal("validation", (await gateway.PostAsync(Path, body, 400)).Problem);
        }

        foreach (var body in new[] { "", "a: [", "\t- x", "a: 1\na: 2", "--- 1\n--- 2", "owner: !!binary x", "owner: \"\\0\"" })
        {
            Assert.Equal("validation", (await gateway.PostAsync(Path, Yaml(body), 400)).Problem);
        }

        Assert.Equal("unsupported-media-type", (await gateway.PostAsync(Path, new StringContent("a: 1", Encoding.UTF8, "text/plain"), 415)).Problem);
        Assert.Equal("unsupported-media-type", (await gateway.PostAsync(Path, new StringContent("a: 1", Encoding.Latin1, "text/yaml"), 415)).Problem);
        Assert.Equal(["/dry"], (await gateway.PostAsync($"{Path}?dry=1", Yaml("a: 1"), 400)).Pointers);
    }

    [Fact]
    public async Task Publish_HostileDocuments_AreRefusedSoon()
    {
        const string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]";
        string[] texts = [bomb, new('[', 100_000), new('{', 100_000), "a: \0", $"owner: {new string('x', 900_000)}", $"steps: [{string.Concat(Enumerable.Repeat("{},", 100_000))}{{}}]"];
        foreach (var text in texts)
        {
            foreach (object body in new object[] { Yaml(text), text })
            {
                var started = TimeProvider.System.GetTimestamp();
                await gateway.PostAsync(Path, body, 400);
                var took = TimeProvider.System.GetElapsedTime(started);
                Assert.True(took < TimeSpan.FromSeconds(5), $"Refusing {text[..Math.Min(20, text.Length)]}… as {body.GetType().Name} took {took}.");
            }
        }

        using var invalid = new ByteArrayContent([.. "owner: "u8, 0xff, 0xfe]);
        invalid.Headers.ContentType = new("application/yaml");
        await gateway.PostAsync(Path, invalid, 400);
        Assert.Equal("too-large", (await gateway.PostAsync(Path, Yaml(new string(' ', (1024 * 1024) + 1)), 413)).Problem);
    }

    [Fact]
    public async Task Publish_LargestDocument_CanBeReadAndStarted()
    {
        var name = NewName();
        var filler = new string('x', 1_000);
        var steps = string.Concat(Enumerable.Range(0, 400).Select(i => $"  - {{ id: s{i}, if: \"${{{{ false && run.input }}}}\", action: generation.echo, input: {{ a: \"{filler}\", b: \"{filler}\" }} }}\n"));
        var text = $"owner: test\nname: {name}\nversion: v1\nsteps:\n  - {{ id: only, action: generation.echo, input: 1 }}\n{steps}";

        // Steps that can never begin are mistakes; those that begin on a condition are not.
        text = text.Replace("false && run.input", "run.input == 1", StringComparison.Ordinal);
        await gateway.PostAsync(Path, Yaml(text), 201);

        var run = await gateway.WaitForRunAsync(await gateway.StartAsync(name));
        Assert.Equal(("completed", "skipped"), (run.Status(), run.Step("s399").Status()));
    }

    [Fact]
    public async Task List_OwnerAndName_AnswersTheirVersionsInOrder()
    {
        var name = NewName();
        foreach (var version in new[] { "b", "a", "c" })
        {
            await gateway.PostAsync(Path, Yaml($"owner: lists\nname: {name}\nversion: {version}\nsteps: [{{ id: a, action: generation.echo }}]"), 201);
        }

        var all = (await gateway.GetAsync($"{Path}?owner=lists&name={name}")).Body.GetProperty("items");
        Assert.Equal(["b", "a", "c"], all.EnumerateArray().Select(one => one.GetProperty("version").GetString()!));
        Assert.All(all.EnumerateArray(), one => Assert.Equal(JsonValueKind.Null, one.GetProperty("document").ValueKind));
        var first = await gateway.GetAsync($"{Path}?owner=lists&limit=2");
        var second = await gateway.GetAsync($"{Path}?owner=lists&limit=2&cursor={first.Text("nextCursor")}");
        Assert.Equal("c", second.Body.GetProperty("items")[0].GetProperty("version").GetString());
        Assert.Equal("c", (await gateway.GetAsync($"{Path}/lists/{name}")).Text("version"));
        Assert.Equal("a", (await gateway.GetAsync($"{Path}/lists/{name}?version=a")).Text("version"));
        Assert.Equal("definition-not-found", (await gateway.GetAsync($"{Path}/lists/{name}?version=d", 404)).Problem);
        Assert.Equal(["/cursor", "/limit", "/name", "/owner"], (await gateway.GetAsync($"{Path}?owner=A&name=B&cursor=x&limit=0", 400)).Pointers);
        Assert.Equal(["/name", "/owner", "/version"], (await gateway.GetAsync($"{Path}/A/B?version=!", 400)).Pointers);
    }

    /// <summary>Each mistake as its pointer and its line, sorted; every message begins with its place.</summary>
    private static List<string> Places(Answer refused) =>
    [
        .. refused.Body.GetProperty("errors").EnumerateObject()
            .SelectMany(field => field.Value.EnumerateArray().Select(message => $"{field.Name}@{Line().Match(message.GetString()!).Groups["line"].Value}"))
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^line (?<line>\d+), column \d+: ")]
    private static partial Regex Line();

    private static string WithoutWarnings(Answer answer)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(answer.Body.GetRawText())!.AsObject();
        body.Remove("warnings");
        return body.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
