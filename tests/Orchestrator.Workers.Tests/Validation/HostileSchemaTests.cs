using System.Diagnostics;
using System.Text;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Tests.Validation;

/// <summary>Schemas and payloads made to hang, to fill the memory or to reach out.</summary>
public sealed class HostileSchemaTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("""{"$ref":"http://127.0.0.1:1/schema"}""", "/$ref", "nothing is fetched")]
    [InlineData("""{"$ref":"file:///etc/passwd"}""", "/$ref", "nothing is fetched")]
    [InlineData("""{"$ref":"#/$defs/no"}""", "/$ref", "there is nothing")]
    [InlineData("""{"$ref":"#"}""", "", "leads back to itself")]
    [InlineData("""{"anyOf":[{"type":"string"},{"$ref":"#"}]}""", "", "leads back to itself")]
    [InlineData("""{"$schema":"https://example.org/mine"}""", "/$schema", "no dialect")]
    [InlineData("""{"pattern":"("}""", "/pattern", "no regular expression")]
    [InlineData("""{"type":"object","type":"array"}""", "/type", "duplicate member")]
    public void Parse_ThatCannotBe_SaysWhere(string schema, string path, string reason)
    {
        var refused = Assert.Throws<SchemaException>(() => PayloadSchema.Parse(Encoding.UTF8.GetBytes(schema)));

        Assert.Contains(refused.Errors, error => error.Path == path && error.Message.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_TooMuch_IsRefusedAtOnce()
    {
        AssertRefused("""{"description":"@"}""", new string('x', SchemaLimits.MaxSchemaBytes), "bytes");
        AssertRefused("""{"anyOf":[@]}""", List(SchemaLimits.MaxSchemas + 1, _ => "{}"), "schemas in it");
        AssertRefused("""{"pattern":"@"}""", new string('a', SchemaLimits.MaxPatternLength + 1), "characters");
        AssertRefused("""{"anyOf":[@]}""", List(SchemaLimits.MaxPatterns + 1, i => Fill("""{"pattern":"a@"}""", i)), "pattern too many");
        AssertRefused("@{}", string.Concat(Enumerable.Repeat("""{"not":""", 65)), "nested deeper");
        AssertRefused("""{"$defs":{@,"d200":{}}}""", List(200, i => $"\"d{i}\":{{\"$ref\":\"#/$defs/d{i + 1}\"}}"), "more than 100");
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(?=(a+)+$)(?!b)")]
    [InlineData(@"^(a+)\1*(a+)+$")]
    [InlineData("((a{1,500}){1,500}){1,500}b")]
    [InlineData("(((((a{0,100}){0,100}){0,100}){0,100}){0,100})$")]
    public void Check_PatternThatExplodes_Ends(string pattern) =>
        AssertEnds(
            Fill("""{"items":{"pattern":"@"}}""", pattern.Replace(@"\", @"\\", StringComparison.Ordinal)),
            $"[{List(100, _ => $"\"{new string('a', 5_000)}!\"")}]");

    [Fact]
    public void Check_SchemaThatDoubles_Ends()
    {
        var levels = List(40, i => $"\"d{i}\":" + Fill("""{"allOf":[{"$ref":"#/$defs/d@"},{"$ref":"#/$defs/d@"}]}""", i + 1));
        AssertEnds(Fill("""{"$ref":"#/$defs/d0","$defs":{@,"d40":{}}}""", levels), "1");
        AssertEnds("""{"$ref":"#/$defs/n","$defs":{"n":{"type":"array","anyOf":[{"items":{"$ref":"#/$defs/n"}},{"items":{"$ref":"#/$defs/n"}}]}}}""", new string('[', 62) + "1" + new string(']', 62));
    }

    [Fact]
    public void Check_OfAnySchema_TellsWhatItTookOfWhatItMay()
    {
        var levels = List(40, i => $"\"d{i}\":" + Fill("""{"allOf":[{"$ref":"#/$defs/d@"},{"$ref":"#/$defs/d@"}]}""", i + 1));

        Assert.InRange(CostOf(Fill("""{"$ref":"#/$defs/d0","$defs":{@,"d40":{}}}""", levels), "1"), 1, 1.1);
        Assert.InRange(CostOf("""{"type":"object","required":["a"]}""", """{"a":1}"""), 0.0000001, 0.001);
        Assert.Equal(0, CostOf("""{"type":"object"}""", "{"));

        static double CostOf(string schema, string payload)
        {
            PayloadSchema.Parse(Encoding.UTF8.GetBytes(schema)).Check(Encoding.UTF8.GetBytes(payload), out var cost);
            return cost;
        }
    }

    [Fact]
    public void Check_ManyItemsThatNearlyAgree_Ends()
    {
        AssertEnds("""{"uniqueItems":true}""", $"[{List(40_000, i => $"1.{i:D24}")}]");
        AssertEnds(Fill("""{"items":{"enum":[@]}}""", List(20_000, i => $"{i}")), $"[{List(100_000, _ => "-1")}]");
        AssertEnds(Fill("""{"required":[@]}""", List(10_000, i => $"\"r{i}\"")), Fill("{@}", List(50_000, i => $"\"p{i}\":1")));
    }

    [Theory]
    [InlineData("1e999999999999", """{"type":"integer","maximum":10,"multipleOf":3}""")]
    [InlineData("-1e-999999999999", """{"minimum":0,"multipleOf":1e-300}""")]
    [InlineData("[1e400,1E400]", """{"uniqueItems":true}""")]
    public void Check_NumberBeyondAll_IsJudged(string payload, string schema) => AssertEnds(schema, payload);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void Check_PayloadThatIsNoJson_IsAnError(string payload) =>
        Assert.NotEmpty(PayloadSchema.Parse("{}"u8.ToArray()).Check(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void Check_EverythingWrong_NamesAsManyAsAreNamed()
    {
        var errors = PayloadSchema.Parse("""{"items":{"type":"string"}}"""u8.ToArray()).Check(Encoding.UTF8.GetBytes($"[{List(100_000, _ => "1")}]"));

        Assert.Equal(SchemaLimits.MaxErrors, errors.Count);
    }

    private static string List(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    private static string Fill(string text, object place) => text.Replace("@", place.ToString(), StringComparison.Ordinal);

    private static void AssertRefused(string schema, string place, string reason)
    {
        var started = Stopwatch.StartNew();
        var refused = Assert.Throws<SchemaException>(() => PayloadSchema.Parse(Encoding.UTF8.GetBytes(Fill(schema, place))));

        Assert.Contains(refused.Errors, error => error.Message.Contains(reason, StringComparison.Ordinal));
        Assert.InRange(started.Elapsed, TimeSpan.Zero, Patience);
    }

    private static void AssertEnds(string schema, string payload)
    {
        var started = Stopwatch.StartNew();
        PayloadSchema.Parse(Encoding.UTF8.GetBytes(schema)).Check(Encoding.UTF8.GetBytes(payload));

        Assert.InRange(started.Elapsed, TimeSpan.Zero, Patience);
    }
}
