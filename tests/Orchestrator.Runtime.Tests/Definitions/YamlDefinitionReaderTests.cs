using System.Text;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Runtime.Definitions;

namespace Orchestrator.Runtime.Tests.Definitions;

public sealed class YamlDefinitionReaderTests
{
    private const string Head = "owner: acme\nname: report\nversion: '1'\n";
    private const string Steps = Head + "steps:\n  - id: a\n    action: x\n";

    [Fact]
    public void Read_TheSameInYaml_GivesTheSameJson()
    {
        const string Yaml = """
            # Reports.
            owner: acme
            name: report
            version: "1.0"
            description: >
              Long
              text
            input: { type: object, required: [topic] }
            execution:
              concurrency: { maxParallel: 4 }
            steps:
              - id: fetch
                action: generation.text
                input:
                  prompt: |
                    Summarise ${{ run.input.topic }}
                    today
                  values: [yes, 'true', true, null, ~, 1.0, 0x1F, 0o17, +7, -.5, 007, 1., 1e3, 2026-01-01, 12:30, .5e-2]
                  empty:
              - id: check
                needs: [fetch]
                approval: { question: "Publish ${{ steps.fetch.output }}?" }
            output: { text: "${{ steps.fetch.output[0] }}" }
            """;
        const string Json = """
            {
              "owner": "acme", "name": "report", "version": "1.0", "description": "Long text\n",
              "input": { "type": "object", "required": ["topic"] }, "execution": { "concurrency": { "maxParallel": 4 } },
              "steps": [
                {
                  "id": "fetch", "action": "generation.text",
                  "input": {
                    "prompt": "Summarise ${{ run.input.topic }}\ntoday\n",
                    "values": ["yes", "true", true, null, null, 1.0, 31, 15, 7, -0.5, 7, 1, 1e3, "2026-01-01", "12:30", 0.5e-2],
                    "empty": null
                  }
                },
                { "id": "check", "needs": ["fetch"], "approval": { "question": "Publish ${{ steps.fetch.output }}?" } }
              ],
              "output": { "text": "${{ steps.fetch.output[0] }}" }
            }
            """;

        var result = Read(Yaml);

        Assert.Equal([], result.Problems);
        Assert.Equal(Text(DefinitionReader.ReadJson(Encoding.UTF8.GetBytes(Json)).Json), Text(result.Json));
        Assert.Equal(["fetch"], result.Definition!.Steps[1].Needs);
    }

    [Fact]
    public void Read_AnyJson_IsYamlToo()
    {
        const string Json = """{"owner":"acme","name":"report","version":"1","steps":[{"id":"a","action":"x","input":{"é\n\u00e9\/":[1e3,-0,"\ud83d\ude00"]}}]}""";

        Assert.Equal(Text(DefinitionReader.ReadJson(Encoding.UTF8.GetBytes(Json)).Json), Text(Read(Json).Json));
    }

    [Theory]
    [InlineData("", "", 1, 1, "is empty")]
    [InlineData("# nothing\n", "", 1, 1, "is empty")]
    [InlineData("- a\n", "", 1, 1, "must be an object")]
    [InlineData("owner: acme\nname: [report\nversion: 1\n", "", 3, 1, "is no YAML")]
    [InlineData("owner: acme\n\tname: b\n", "", 1, 8, "is no YAML")]
    [InlineData("owner: a\0b", "", 1, 9, "contains NUL")]
    [InlineData(Steps + "---\nowner: b\n", "", 7, 1, "is a second document")]
    [InlineData(Steps + "owner: b\n", "/owner", 7, 1, "is there twice")]
    [InlineData(Steps + "output: &x 1\n", "/output", 7, 9, "has an anchor")]
    [InlineData(Steps + "output: *x\n", "/output", 7, 9, "is an alias")]
    [InlineData(Steps + "output: !!str 1\n", "/output", 7, 9, "has a tag")]
    [InlineData(Steps + "output: ! a\n", "/output", 7, 9, "has a tag")]
    [InlineData(Steps + "output: .inf\n", "/output", 7, 9, "is a number that JSON does not have")]
    [InlineData(Steps + "output: \"a\\0\"\n", "/output", 7, 9, "contains NUL")]
    [InlineData(Steps + "output: \"\\uD800\"\n", "", 7, 9, "is no YAML")]
    [InlineData(Steps + "output:\n  ? [a, {b: c}]\n  : d\n", "/output", 8, 5, "has a name here that is no text")]
    [InlineData(Steps + "output:\n  ? *x\n  : d\n", "/output", 8, 5, "has a name here that is no text")]
    [InlineData("owner: acme\nname: report\nversion: 1.0\nsteps: [{id: a, action: x}]", "/version", 3, 10, "write it in quotes: \"1.0\"")]
    [InlineData("owner: acme\nname: report\nversion: !!str 1.0\nsteps: [{id: a, action: x}]", "/version", 3, 10, "has a tag")]
    [InlineData("owner: acme\nname: yes\nversion: true\nsteps: [{id: a, action: x}]", "/version", 3, 10, "write it in quotes: \"true\"")]
    public void Read_OneMistake_IsToldOnceWithItsPlace(string yaml, string path, int line, int column, string message)
    {
        var problem = Assert.Single(Read(yaml).Problems);

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal((path, line, column), (problem.Path, problem.Line, problem.Column));
    }

    /// <summary>A template in which ^ marks the place of the mistake and is taken out.</summary>
    [Theory]
    [InlineData("input: ${{ 1 +^}} b")]
    [InlineData("input: 'it''s ''${{ 1 +^}}'")]
    [InlineData("input: \"\\u00e9\\x41\\U0001F600\\\"\\n${{ 1 +^}}\"")]
    [InlineData("input: \"😀 \\\n      b ${{ 1 +^}}\"")]
    [InlineData("input: some\n      words\n\n      and ${{ 1 +^}}")]
    [InlineData("input: |\n      a\n       b\n\n      c ${{ 1 +^}}\n")]
    [InlineData("input: |2-\n        a\n      c ${{ 1 +^}}\n")]
    [InlineData("input: >-\n\n      a\n      b\n\n      c ${{ 1 +^}}\n      d")]
    [InlineData("input: |\r\n      a\r\n      c ${{ 1 +^}}\r\n")]
    [InlineData("input: [1, {a: [\"${{ 1 +^}}\"]}]")]
    public void Read_MistakeInAnExpression_HasThePlaceOfItsCharacter(string input)
    {
        var marked = Steps + "    " + input;
        var yaml = marked.Replace("^", "", StringComparison.Ordinal);
        var before = marked[..marked.IndexOf('^', StringComparison.Ordinal)].Split('\n');

        var problem = Assert.Single(Read(yaml).Problems);

        Assert.Contains("is no expression", problem.Message, StringComparison.Ordinal);
        Assert.Equal((before.Length, before[^1].Length + 1), (problem.Line, problem.Column));
    }

    [Fact]
    public void Read_BytesThatAreNoUtf8_SaysWhere()
    {
        var problem = Assert.Single(YamlDefinitionReader.Read((byte[])[.. "a: é\nb: "u8, 0xC3, 0x28]).Problems);

        Assert.Equal((2, 4, "is not valid UTF-8 from here on."), (problem.Line, problem.Column, problem.Message));
    }

    [Fact]
    public void Read_ByteOrderMark_IsPassedOver() => Assert.Equal([], Read("\uFEFF" + Steps).Problems);

    [Fact]
    public void Read_TooDeep_IsToldOnce()
    {
        var problem = Assert.Single(Read(Steps + "output: " + new string('[', 5_000) + new string(']', 5_000)).Problems);

        Assert.Contains("nested deeper than 64", problem.Message, StringComparison.Ordinal);
        Assert.Equal(7, problem.Line);
    }

    private static DefinitionResult Read(string yaml) => YamlDefinitionReader.Read(Encoding.UTF8.GetBytes(yaml));

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
