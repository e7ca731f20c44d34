using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Tests.Runs.Expressions;

public sealed class ErrorTests
{
    private static readonly Scope Sample = Scope.WithInput("""{"text":"x","n":1,"list":[1,"a"],"o":{"a":1},"big":1e400,"flag":true}""");

    [Theory]
    [InlineData("", 0, "The expression is empty.")]
    [InlineData("   ", 0, "The expression is empty.")]
    [InlineData("1 +", 3, "A value is expected here, not the end.")]
    [InlineData("1 2", 2, "'2' is not expected here.")]
    [InlineData("1 and 2", 2, "'and' is not expected here. '&&' joins conditions.")]
    [InlineData("(1", 2, "')' is expected here, not the end.")]
    [InlineData("[1 2]", 3, "',' or ']' is expected here, not '2'.")]
    [InlineData("[1,]", 3, "A value is expected here, not ']'.")]
    [InlineData("{a: 1, a: 2}", 7, "The member 'a' stands twice in this object.")]
    [InlineData("{1: 2}", 1, "The name of a member is expected here, not '1'.")]
    [InlineData("{a 1}", 3, "':' is expected here, not '1'.")]
    [InlineData("true ? 1", 8, "':' is expected here, not the end.")]
    [InlineData("run.input.n = 1", 12, "'=' is no operator; '==' compares.")]
    [InlineData("true & false", 5, "'&' is no operator; conditions are joined with '&&' and '||'.")]
    [InlineData("1 # 2", 2, "'#' does not belong in an expression.")]
    [InlineData("1 😀", 2, "'😀' does not belong in an expression.")]
    [InlineData("'abc", 0, "The text that begins here has no end: ' is missing.")]
    [InlineData("'a\\qb'", 2, "A backslash in a text begins one of")]
    [InlineData("'a\\ud800'", 0, "A text holds no NUL and no half of a surrogate pair.")]
    [InlineData("'\\u0000'", 0, "A text holds no NUL and no half of a surrogate pair.")]
    [InlineData("1 + 12x", 4, "This is no number; one is written as 12, 0.5 or 1e6.")]
    [InlineData("1e", 0, "This is no number; one is written as 12, 0.5 or 1e6.")]
    [InlineData("1e99", 0, "This number is too large: it has more than 28 digits.")]
    [InlineData("runs.input", 0, "There is no 'runs'; an expression begins with run, steps, item, index, output, a function or a literal.")]
    [InlineData("run.input.content-type", 18, "A member whose name has a minus is written ['content-type'].")]
    [InlineData("run", 3, "run has input, id and workspace; one of them is expected here.")]
    [InlineData("run.imput", 4, "run has input, id and workspace, no 'imput'.")]
    [InlineData("run['imput']", 4, "run has input, id and workspace, no 'imput'.")]
    [InlineData("steps.a", 7, "steps.a has output, status and error; one of them is expected here.")]
    [InlineData("steps.a.result", 8, "steps.a has output, status and error, no 'result'.")]
    [InlineData("steps", 5, "'.' is expected here, not the end.")]
    [InlineData("steps[item].output", 6, "The id of a step in quotes is expected here, not 'item': it must be known before the run begins.")]
    [InlineData("item.", 5, "A name is expected here, not the end.")]
    [InlineData("size(item)", 0, "There is no function 'size'; there are abs, ceil,")]
    [InlineData("1 + length(1, 2)", 4, "length takes 1 argument, not 2.")]
    [InlineData("slice([])", 0, "slice takes 2 to 3 arguments, not 1.")]
    [InlineData("concat()", 0, "concat takes at least 1 argument, not 0.")]
    [InlineData("item ?? true && false", 13, "'&&' beside '&&', '||' or '??' needs brackets: say which belong together.")]
    [InlineData("true || item ?? 1", 13, "'??' beside '&&', '||' or '??' needs brackets: say which belong together.")]
    [InlineData("${{ 1 }} 2", 9, "Only one expression stands here, and nothing besides it.")]
    [InlineData("${{ 1 ", 0, "The expression that begins here has no end: '}}' is missing.")]
    [InlineData(" ${{ 1 } }}", 7, "'}' is not expected here.")]
    public void Parse_NoExpression_SaysWhereAndWhy(string text, int position, string message) =>
        Check(Assert.Throws<ExpressionException>(() => Expression.Parse(text)), position, message);

    [Theory]
    [InlineData("1 + 'a'", 2, "'+' takes two numbers or two texts, not a number and a text; toText makes a text of any value.")]
    [InlineData("'n: ' + run.input.n", 6, "'+' takes two numbers or two texts, not a text and a number; toText makes a text of any value.")]
    [InlineData("run.input.list + [1]", 15, "'+' takes two numbers or two texts, not an array and an array.")]
    [InlineData("2 * run.input.missing", 2, "'*' takes two numbers, not a number and null.")]
    [InlineData("run.input.o < 1", 12, "'<' takes two numbers or two texts, not an object and a number.")]
    [InlineData("1 / 0", 2, "'/' has zero on its right.")]
    [InlineData("1 % 0", 2, "'%' has zero on its right.")]
    [InlineData("1e28 * 1e28", 5, "'*' makes a number that is too large: it has more than 28 digits.")]
    [InlineData("run.input.big + 1", 14, "This number is too large to compute with: beyond 28 digits it can only be passed on.")]
    [InlineData("-run.input.text", 0, "'-' takes a number, not a text.")]
    [InlineData("!run.input.text", 1, "A condition is true, false or null, not a text; compare it with something.")]
    [InlineData("true && run.input.n", 8, "A condition is true, false or null, not a number; compare it with something.")]
    [InlineData("run.input.o ? 1 : 2", 0, "A condition is true, false or null, not an object; compare it with something.")]
    [InlineData("run.input.o[*].a", 12, "'[*]' takes an array, not an object.")]
    [InlineData("run.input.list[true]", 15, "An index is a whole number or a text, not a boolean.")]
    [InlineData("run.input.list[0.5]", 15, "An index is a whole number or a text, not a fraction.")]
    [InlineData("item", 0, "There is no 'item' here.")]
    [InlineData("1 + length(run.input.missing)", 11, "length takes an array, an object or a text, not null.")]
    [InlineData("split(run.input.text, 1)", 22, "split takes a text, not a number.")]
    [InlineData("split('a', '')", 11, "This text must not be empty.")]
    [InlineData("replace('a', '', 'b')", 13, "This text must not be empty.")]
    [InlineData("contains('a1', 1)", 15, "contains takes a text, not a number.")]
    [InlineData("slice('abc', 0.5)", 13, "slice takes a whole number here, not 0.5.")]
    [InlineData("first('abc')", 6, "first takes an array, not a text.")]
    [InlineData("sum(run.input.list)", 4, "sum takes an array of numbers; here is a text in it.")]
    [InlineData("sum([7e27, 7e28, 7e28])", 4, "sum makes a number that is too large: it has more than 28 digits.")]
    [InlineData("sort(run.input.list)", 5, "Only numbers alone, or texts alone, have an order; here is a text beside a number.")]
    [InlineData("max([true])", 4, "Only numbers alone, or texts alone, have an order; here is a boolean.")]
    [InlineData("range(10001)", 6, "range makes at most 10000 numbers, not 10001.")]
    [InlineData("range(-1, 1e20)", 10, "range makes at most 10000 numbers, not 2147483648.")]
    [InlineData("round(1, 29)", 9, "round takes 0 to 28 digits, not 29.")]
    [InlineData("toNumber('1,5')", 9, "This text is no number, or one of more than 28 digits.")]
    [InlineData("toNumber(null)", 9, "toNumber takes a text or a number, not null.")]
    [InlineData("fromJson('[1')", 9, "fromJson takes a text of JSON; this is malformed at line 1")]
    [InlineData("fromJson('{\"a\":1,\"a\":2}')", 9, "fromJson takes a text of JSON; this /a is a duplicate member.")]
    [InlineData("fromJson('[\"\\\\ud800\"]')", 9, "fromJson takes a text of JSON; this /0 contains half of a surrogate pair.")]
    public void Evaluate_WithoutValue_SaysWhereAndWhy(string text, int position, string message) =>
        Check(Assert.Throws<ExpressionException>(() => Expression.Parse(text).Evaluate(Sample)), position, message);

    [Fact]
    public void IsTrue_NoCondition_IsRefused() =>
        Check(Assert.Throws<ExpressionException>(() => Expression.Parse(" run.input.text").IsTrue(Sample)), 1, "A condition is true, false or null, not a text");

    private static void Check(ExpressionException exception, int position, string message)
    {
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(position, exception.Position);
    }
}
