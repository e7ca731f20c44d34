using System.Text.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Tests.Runs.Expressions;

/// <summary>Whoever publishes a definition must not be able to stop a silo with it.</summary>
public sealed class HostileTests
{
    private static readonly string Megabyte = new('x', RunLimits.MaxValueBytes - 100);

    private static readonly Scope Sample = new()
    {
        Input = JsonSerializer.SerializeToElement(new
        {
            text = Megabyte,
            digits = JsonElement.Parse(new string('1', 1_000_000)),
            n = Enumerable.Range(0, 50_000),
            flat = Enumerable.Range(0, 9_000).Select(i => new { i }),
        }),
    };

    public static TheoryData<string, string> Nested => new()
    {
        { "brackets", new string('(', 3_999) },
        { "arrays", new string('[', 3_999) },
        { "objects", string.Concat(Enumerable.Repeat("{a:", 1_300)) },
        { "not", new string('!', 3_990) + "true" },
        { "minus", new string('-', 3_990) + "1" },
        { "indexes", string.Concat(Enumerable.Repeat("item[", 700)) },
        { "calls", string.Concat(Enumerable.Repeat("abs(", 900)) },
        { "conditions", string.Concat(Enumerable.Repeat("true?", 700)) },
        { "alternatives", string.Concat(Enumerable.Repeat("true?1:", 500)) + "1" },
        { "signs within brackets", string.Concat(Enumerable.Repeat(new string('-', 60) + "(", 60)) },
    };

    [Theory]
    [MemberData(nameof(Nested))]
    public void Parse_DeeplyNested_IsRefused(string _, string text) =>
        Assert.Contains("nested deeper than 64 levels", Assert.Throws<ExpressionException>(() => Expression.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1", "+1", "2000")]
    [InlineData("true", "&&true", "true")]
    [InlineData("true", "||true", "true")]
    [InlineData("null", "??null", "null")]
    [InlineData("[]", "[0]", "null")]
    [InlineData("{}", ".a", "null")]
    public void Evaluate_LongChains_NeedNoDepth(string first, string link, string json)
    {
        var count = Math.Min(1_999, (RunLimits.MaxExpressionLength - first.Length) / link.Length);
        var text = first + string.Concat(Enumerable.Repeat(link, count));

        Assert.Equal(link == "+1" ? $"{count + 1}" : json, Expression.Parse(text).Evaluate(Sample).GetRawText());
    }

    [Fact]
    public void Parse_TooLong_IsRefused()
    {
        Assert.Equal("1", Expression.Parse("1".PadRight(RunLimits.MaxExpressionLength)).Evaluate(Sample).GetRawText());
        Assert.Contains("at most 4000 characters", Fail(() => Expression.Parse(string.Concat(Enumerable.Repeat("1 +", 1_400)) + "1")), StringComparison.Ordinal);
        Assert.Contains("at most 4000 characters", Fail(() => Expression.Parse($"'{new string('x', 4_000)}'")), StringComparison.Ordinal);
        Assert.Contains("at most 4000 characters", Fail(() => Expression.Parse(new string('a', 5_000))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.input.text + run.input.text", "too large")]
    [InlineData("[run.input.text, run.input.text]", "too large")]
    [InlineData("toJson([run.input.text, run.input.text])", "too large")]
    [InlineData("join(range(10000), run.input.text)", "too much")]
    [InlineData("replace(run.input.text, 'x', run.input.text)", "too much")]
    [InlineData("length(split(run.input.text, 'x'))", "too much")]
    [InlineData("concat(run.input.n, run.input.n, run.input.n)", "too much")]
    [InlineData("unique(run.input.n)", "too much")]
    [InlineData("sort(run.input.flat, run.input.text)", "too much")]
    [InlineData("contains(range(10000), run.input.digits)", "too much")]
    [InlineData("flatten(range(10000)[*][0]) == range(10000)", "")]
    public void Evaluate_ThatGrows_EndsWithinItsBounds(string text, string message)
    {
        var expression = Expression.Parse(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Record.Exception(() => expression.Evaluate(Sample));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(error is null or ExpressionException, error?.ToString());
        Assert.Contains(message, error?.Message ?? "", StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public void Evaluate_ManyLargeTexts_AreBoundedTogether()
    {
        var doubled = string.Join(" + ", Enumerable.Repeat("run.input.text", 200));

        Assert.Contains("too much", Fail(() => Expression.Parse($"length({doubled})").Evaluate(Sample)), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_TemplateOfManyExpressions_SharesOneBound()
    {
        var template = Template.Parse(JsonSerializer.SerializeToElement(Enumerable.Repeat("${{ length(unique(run.input.flat)) }}", 50)));

        Assert.Contains("too much", Fail(() => template.Evaluate(Sample)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"${{ run.input.text }}${{ run.input.text }}\"")]
    [InlineData("[\"${{ run.input.text }}\",\"${{ run.input.text }}\"]")]
    [InlineData("{\"a\":\"${{ run.input.text }}\",\"b\":\"${{ run.input.text }}\"}")]
    public void Evaluate_TemplateThatIsTooLarge_IsRefused(string template) =>
        Assert.Contains("more than 1048576 bytes", Fail(() => Template.Parse(JsonElement.Parse(template)).Evaluate(Sample)), StringComparison.Ordinal);

    [Fact]
    public void Evaluate_TemplateThatIsTooDeep_IsRefused()
    {
        var scope = new Scope { Input = Nest(60, "1") };

        Assert.NotEmpty(Template.Parse(Nest(4, "\"${{ run.input }}\"")).Evaluate(scope));
        Assert.Contains("deeper than 64 levels", Fail(() => Template.Parse(Nest(5, "\"${{ run.input }}\"")).Evaluate(scope)), StringComparison.Ordinal);
    }

    private static JsonElement Nest(int depth, string value) => JsonElement.Parse(new string('[', depth) + value + new string(']', depth));

    private static string Fail(Action action) => Assert.Throws<ExpressionException>(action).Message;
}
