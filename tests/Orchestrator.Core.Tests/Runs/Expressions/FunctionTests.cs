using Orchestrator.Core.Runs.Expressions;
using Orchestrator.Core.Runs.Expressions.Functions;

namespace Orchestrator.Core.Tests.Runs.Expressions;

public sealed class FunctionTests
{
    private static readonly Scope Sample = Scope.WithInput(
        """{"people":[{"name":"Bo","age":30},{"name":"Al","age":25},{"name":"Cy","age":30},{"age":1}],"o":{"b":1,"a":[2]},"text":"a,b,,c","nested":[[1,2],3,[[4]]],"json":"{\"x\":[1.0]}"}""");

    /// <summary>Each function at least once.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "length([1, 2])", "2" },
        { "length(run.input.o)", "2" },
        { "length('été😀')", "4" },
        { "contains('abc', 'bc')", "true" },
        { "contains([1, {a: 2}], {a: 2.0})", "true" },
        { "contains([1], '1')", "false" },
        { "contains(run.input.o, 'a')", "true" },
        { "contains({a: 1}, 'b')", "false" },
        { "startsWith('abc', 'ab')", "true" },
        { "endsWith('abc', 'ab')", "false" },
        { "lower('ÀB')", "\"àb\"" },
        { "upper('àb')", "\"ÀB\"" },
        { "trim(' a b\\n')", "\"a b\"" },
        { "split(run.input.text, ',')", "[\"a\",\"b\",\"\",\"c\"]" },
        { "split('', ',')", "[\"\"]" },
        { "join(['a', 1, true, null, [1]], '-')", "\"a-1-true--[1]\"" },
        { "join(['a', 'b'])", "\"ab\"" },
        { "join([], ', ')", "\"\"" },
        { "replace('aXbX', 'X', 'yy')", "\"ayybyy\"" },
        { "slice([1, 2, 3, 4], 1)", "[2,3,4]" },
        { "slice([1, 2, 3, 4], 1, -1)", "[2,3]" },
        { "slice([1, 2, 3, 4], -2)", "[3,4]" },
        { "slice([1, 2], 5)", "[]" },
        { "slice([1, 2], 1, 0)", "[]" },
        { "slice('a😀bc', 2, 3)", "\"b\"" },
        { "slice('abc', -99999999999999, 99999999999999)", "\"abc\"" },
        { "first([3, 4])", "3" },
        { "last([3, 4])", "4" },
        { "first([])", "null" },
        { "last(run.input.people).age", "1" },
        { "concat([1], [], [[2]])", "[1,[2]]" },
        { "flatten(run.input.nested)", "[1,2,3,[4]]" },
        { "unique([1, 'a', 1.0, 'a', {x: 1, y: 2}, {y: 2, x: 1}, null, null])", "[1,\"a\",{\"x\":1,\"y\":2},null]" },
        { "unique(run.input.people[*].age)", "[30,25,1]" },
        { "sort([3, 1, 2])", "[1,2,3]" },
        { "sort(['b', 'a', 'B'])", "[\"B\",\"a\",\"b\"]" },
        { "sort(run.input.people, 'age')[*].name", "[null,\"Al\",\"Bo\",\"Cy\"]" },
        { "where(run.input.people, 'age', 30)[*].name", "[\"Bo\",\"Cy\"]" },
        { "where(run.input.people, 'name', null)", "[{\"age\":1}]" },
        { "where([null, {t: 1}, {t: 2, bad: true}, {bad: null}, 'x', 3, []], 'bad', null)", "[{\"t\":1},{\"bad\":null}]" },
        { "compact([null, 1, null, false, '', [], {x: null}])", "[1,false,\"\",[],{\"x\":null}]" },
        { "compact([])", "[]" },
        { "range(3)", "[0,1,2]" },
        { "range(-1, 2)", "[-1,0,1]" },
        { "range(2, 1)", "[]" },
        { "length(range(10000))", "10000" },
        { "keys(run.input.o)", "[\"b\",\"a\"]" },
        { "values(run.input.o)", "[1,[2]]" },
        { "merge({a: 1, b: 2}, run.input.o, {c: 3})", "{\"a\":[2],\"b\":1,\"c\":3}" },
        { "sum([1, 2.5, -1])", "2.5" },
        { "sum([])", "0" },
        { "min([3, 1])", "1" },
        { "max(['a', 'c', 'b'])", "\"c\"" },
        { "max([])", "null" },
        { "abs(-1.5)", "1.5" },
        { "floor(-1.5)", "-2" },
        { "ceil(1.2)", "2" },
        { "round(2.5)", "3" },
        { "round(-2.345, 2)", "-2.35" },
        { "coalesce(null, run.input.missing, 2, 3)", "2" },
        { "coalesce(null)", "null" },
        { "toJson({a: [1, 'x']})", "\"{\\\"a\\\":[1,\\\"x\\\"]}\"" },
        { "toJson('x')", "\"\\\"x\\\"\"" },
        { "toJson(null)", "\"null\"" },
        { "fromJson(run.input.json)", "{\"x\":[1.0]}" },
        { "fromJson(run.input.json).x[0] == 1", "true" },
        { "toText('x')", "\"x\"" },
        { "toText(1.50)", "\"1.5\"" },
        { "toText(null)", "\"\"" },
        { "toText([1])", "\"[1]\"" },
        { "toNumber(' 1.50 ') + 1", "2.5" },
        { "toNumber(3)", "3" },
        { "type(null) + type(true) + type(1) + type('') + type([]) + type({})", "\"nullbooleannumbertextarrayobject\"" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_Call_IsWhatTheFunctionSays(string text, string json) => Assert.Equal(json, Expression.Parse(text).Evaluate(Sample).GetRawText().Replace("\\u0022", "\\\"", StringComparison.Ordinal));

    [Fact]
    public void Cases_OfTheTable_CallEveryFunction() =>
        Assert.All(FunctionTable.Names, name => Assert.Contains(Cases, row => ((string)row[0]).Contains($"{name}(", StringComparison.Ordinal)));
}
