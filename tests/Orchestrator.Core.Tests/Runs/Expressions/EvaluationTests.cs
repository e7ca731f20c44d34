using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Tests.Runs.Expressions;

public sealed class EvaluationTests
{
    private static readonly Scope Sample = Scope
        .WithInput("""{"topic":"Foxes","n":3,"deep":true,"none":null,"a":{"b":[{"x y":1.50},{"x y":2}]},"list":[3,1,2],"id":1234567890123456789,"big":1e400,"content-type":"text"}""")
        .Step("fetch", """{"items":[{"name":"a","tags":["x","y"]},{"name":"b","tags":["z"]},{"tags":[]}],"n":7}""")
        .Step("my-step", "\"dashed\"")
        .Step("skipped", "null", "skipped")
        .FailedStep("broken", "timeout", "It took too long.")
        .Variable("item", """{"id":9}""")
        .Variable("index", "4");

    [Theory]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("12", "12")]
    [InlineData("0.50", "0.5")]
    [InlineData("1e3", "1000")]
    [InlineData("'it\\'s'", "\"it's\"")]
    [InlineData("\"a\\n\\u0041\"", "\"a\\nA\"")]
    [InlineData("'😀'", "\"\\uD83D\\uDE00\"")]
    [InlineData("[]", "[]")]
    [InlineData("[1, 'a', [null]]", "[1,\"a\",[null]]")]
    [InlineData("{}", "{}")]
    [InlineData("{a: 1, 'b c': {d: [2]}}", "{\"a\":1,\"b c\":{\"d\":[2]}}")]
    public void Evaluate_Literal_IsItself(string text, string json) => Check(text, json);

    [Theory]
    [InlineData("run.input.topic", "\"Foxes\"")]
    [InlineData("run . input . topic", "\"Foxes\"")]
    [InlineData("run['input']['topic']", "\"Foxes\"")]
    [InlineData("run.input.a.b[0]['x y']", "1.50")]
    [InlineData("run.input.a.b[-1]['x y']", "2")]
    [InlineData("run.input.a.b[9]", "null")]
    [InlineData("run.input.a.b[-9]", "null")]
    [InlineData("run.input.a.b[run.input.list[1]]['x y']", "2")]
    [InlineData("run.input.a['b'][0]", "{\"x y\":1.50}")]
    [InlineData("run.input['content-type']", "\"text\"")]
    [InlineData("run.input.no.such.member", "null")]
    [InlineData("run.input.topic.member", "null")]
    [InlineData("run.input.topic[0]", "null")]
    [InlineData("run.input.list.member", "null")]
    [InlineData("run.input.list[run.input.none]", "null")]
    [InlineData("run.input.none", "null")]
    [InlineData("run.input.id", "1234567890123456789")]
    [InlineData("run.input.big", "1e400")]
    [InlineData("run.id", "\"01890000-0000-7000-8000-000000000001\"")]
    [InlineData("run.workspace", "\"acme\"")]
    [InlineData("steps.fetch.output.n", "7")]
    [InlineData("steps['fetch'].output.n", "7")]
    [InlineData("steps.my-step.output", "\"dashed\"")]
    [InlineData("steps.fetch.status", "\"completed\"")]
    [InlineData("steps.skipped.status", "\"skipped\"")]
    [InlineData("steps.skipped.output.x", "null")]
    [InlineData("steps.later.status", "null")]
    [InlineData("steps.later.output", "null")]
    [InlineData("steps.fetch.error", "null")]
    [InlineData("steps.fetch.error.code", "null")]
    [InlineData("steps.broken.error", "{\"code\":\"timeout\",\"message\":\"It took too long.\"}")]
    [InlineData("steps.broken.error.message", "\"It took too long.\"")]
    [InlineData("item.id", "9")]
    [InlineData("index + 1", "5")]
    [InlineData("index-1", "3")]
    [InlineData("item.id-1", "8")]
    [InlineData("steps.fetch.output.items[*].name", "[\"a\",\"b\",null]")]
    [InlineData("steps.fetch.output.items[*].tags[0]", "[\"x\",\"z\",null]")]
    [InlineData("steps.fetch.output.items[*].tags[*]", "[[\"x\",\"y\"],[\"z\"],[]]")]
    [InlineData("steps.fetch.output.none[*].name", "null")]
    [InlineData("[1, 2][1]", "2")]
    [InlineData("{a: 5}.a", "5")]
    [InlineData("first([{a: 5}]).a", "5")]
    public void Evaluate_Path_IsWhatIsThere(string text, string json) => Check(text, json);

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("7 / 2", "3.5")]
    [InlineData("1 / 3", "0.3333333333333333333333333333")]
    [InlineData("7 % 4", "3")]
    [InlineData("-7 % 4", "-3")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("2 * 0.5", "1")]
    [InlineData("0 * -1", "0")]
    [InlineData("--3", "3")]
    [InlineData("2 - -3", "5")]
    [InlineData("run.input.id + 1", "1234567890123456790")]
    [InlineData("'a' + 'b' + \"c\"", "\"abc\"")]
    public void Evaluate_Arithmetic_FollowsTheRanks(string text, string json) => Check(text, json);

    [Theory]
    [InlineData("1 == 1.0", "true")]
    [InlineData("1 == '1'", "false")]
    [InlineData("null == false", "false")]
    [InlineData("run.input.none == null", "true")]
    [InlineData("run.input.missing == null", "true")]
    [InlineData("run.input.list == [3, 1, 2]", "true")]
    [InlineData("run.input.list == [3, 2, 1]", "false")]
    [InlineData("{a: 1, b: [2]} == {b: [2.0], a: 1}", "true")]
    [InlineData("{a: 1} == {a: 1, b: null}", "false")]
    [InlineData("steps.fetch.output == steps.fetch.output", "true")]
    [InlineData("run.input.id == 1234567890123456788", "false")]
    [InlineData("run.input.big == run.input.big", "true")]
    [InlineData("'a' != 'b'", "true")]
    [InlineData("1 < 2", "true")]
    [InlineData("2 <= 2", "true")]
    [InlineData("2 > 2", "false")]
    [InlineData("2 >= 3", "false")]
    [InlineData("'a' < 'b'", "true")]
    [InlineData("'Z' < 'a'", "true")]
    [InlineData("1 < 2 == true", "true")]
    public void Evaluate_Comparison_ConvertsNothing(string text, string json) => Check(text, json);

    [Theory]
    [InlineData("true && false", "false")]
    [InlineData("true || false && false", "true")]
    [InlineData("false && 1 / 0 == 1", "false")]
    [InlineData("true || 1 / 0 == 1", "true")]
    [InlineData("!run.input.missing", "true")]
    [InlineData("!!run.input.deep", "true")]
    [InlineData("run.input.missing || run.input.deep", "true")]
    [InlineData("run.input.missing && true", "false")]
    [InlineData("run.input.n > 2 && run.input.deep", "true")]
    [InlineData("run.input.missing ?? 'none'", "\"none\"")]
    [InlineData("run.input.missing ?? run.input.none ?? 3", "3")]
    [InlineData("false ?? 3", "false")]
    [InlineData("1 ?? 1 / 0", "1")]
    [InlineData("(run.input.missing ?? true) && true", "true")]
    [InlineData("run.input.deep ? 1 : 1 / 0", "1")]
    [InlineData("null ? 1 : 2", "2")]
    [InlineData("false ? 1 : false ? 2 : 3", "3")]
    public void Evaluate_Condition_LooksNoFurtherThanItMust(string text, string json) => Check(text, json);

    [Theory]
    [InlineData("true", true)]
    [InlineData("null", false)]
    [InlineData("run.input.missing.flag", false)]
    public void IsTrue_Condition_CountsNullAsFalse(string text, bool expected) => Assert.Equal(expected, Expression.Parse(text).IsTrue(Sample));

    [Theory]
    [InlineData("  ${{ 1 + 1 }} ", "2")]
    [InlineData("${{ {a: {b: 1}} }}", "{\"a\":{\"b\":1}}")]
    [InlineData("${{ '}}' }}", "\"}}\"")]
    public void Parse_WithBraces_IsWhatStandsInThem(string text, string json) => Check(text, json);

    [Fact]
    public void Evaluate_PathAlone_KeepsTheTextOfTheValue() =>
        Assert.Equal("{ \"a\" : 1.00,\n \"b\": \"\\u0041\" }", Expression.Parse("run.input").Evaluate(Scope.WithInput("{ \"a\" : 1.00,\n \"b\": \"\\u0041\" }")).GetRawText());

    [Fact]
    public void Steps_AndVariables_AreThoseThatAreRead()
    {
        var expression = Expression.Parse("contains(steps.a.output[steps.b-c.output], item) ? steps['a'].status : index");

        Assert.Equal(["a", "b-c"], expression.Steps.Order());
        Assert.Equal(["index", "item"], expression.Variables.Order());
        Assert.False(expression.IsConstant);
    }

    [Theory]
    [InlineData("1 == 2", true)]
    [InlineData("run.input == 2", false)]
    [InlineData("item", false)]
    [InlineData("steps.a.status == 'failed'", false)]
    public void IsConstant_OfAnExpression_IsWhetherItReadsNothing(string text, bool expected) => Assert.Equal(expected, Expression.Parse(text).IsConstant);

    private static void Check(string text, string json) => Assert.Equal(json, Expression.Parse(text).Evaluate(Sample).GetRawText());
}
