using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Expressions;
using Orchestrator.Core.Runs.Expressions.Functions;

namespace Orchestrator.Core.Tests.Runs.Expressions;

public sealed class ExpressionPropertyTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(3_000);

    private static readonly string[] Words =
    [
        "run.input", "run.id", "steps.a.output", "steps.a-b.status", "item", "index", "output", ".x", "['x']", "[0]", "[*]", "[-1]", "(", ")", "[", "]", "{", "}", "a:", ",",
        "null", "true", "1", "0.5", "1e9", "'t'", "\"u\"", "\\", "'", "!", "-", "+", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "??", "?", ":", "${{", "}}", "$", " ",
        "\ud800", "\udc00", "é", "\0", .. FunctionTable.Names.Select(name => name + "("),
    ];

    private static readonly Scope Sample = Scope.WithInput("""{"x":[1,{"x":"t"},null,[2,3]],"y":{"x":-1.5}}""")
        .Step("a", """[{"x":1},{"x":2}]""").FailedStep("a-b", "timeout", "late").Variable("item", "3").Variable("index", "0").Variable("output", "\"t\"");

    private static readonly Gen<string> Fragments = Gen.Elements(Words).ListOf().Select(string.Concat);

    [Fact]
    public void Parse_AnyText_MakesAnExpressionOrSaysWhere() =>
        Prop.ForAll(Gen.OneOf(Fragments, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary(), text => SaysWhere(text, () => Expression.Parse(text)))
            .Check(Quick);

    [Fact]
    public void Parse_AnyTemplate_MakesOneOrSaysWhere() =>
        Prop.ForAll(Fragments.Select(text => Whole("${{" + text)).ToArbitrary(), text => SaysWhere(text, () => Template.Parse(JsonSerializer.SerializeToElement(text)).Evaluate(Sample)))
            .Check(Quick);

    [Fact]
    public void Evaluate_AnyExpression_HasAValueWithinBoundsOrSaysWhere() =>
        Prop.ForAll(Expressions(4).ToArbitrary(), text => SaysWhere(text, () =>
        {
            var value = Expression.Parse(text).Evaluate(Sample);
            Assert.True(value.GetRawText().Length <= RunLimits.MaxValueBytes);
        })).Check(Quick);

    [Fact]
    public void Evaluate_Twice_IsTheSame() =>
        Prop.ForAll(Expressions(4).ToArbitrary(), text => Outcome(text) == Outcome(text)).Check(Quick);

    /// <summary>Brackets around all that operators make change nothing where brackets say what the ranks say.</summary>
    [Fact]
    public void Evaluate_Sums_FollowTheRanks() =>
        Prop.ForAll(Gen.Choose(1, 9).ListOf(6).ToArbitrary(), n =>
        {
            var expected = n[0] - n[1] + (n[2] * n[3]) - (n[4] * n[5]);
            return Outcome($"{n[0]} - {n[1]} + {n[2]} * {n[3]} - {n[4]} * {n[5]}") == $"{expected}";
        }).Check(Quick);

    /// <summary>Expressions that parse, of any types.</summary>
    private static Gen<string> Expressions(int depth)
    {
        var leaf = Gen.Elements("null", "true", "false", "1", "0", "2.5", "'t'", "''", "run.input", "run.input.x", "run.input.y.x", "run.id", "steps.a.output", "steps.a.output[*].x", "steps.a-b.error", "item", "index", "output", "[]", "{}");
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Expressions(depth - 1);
        return Gen.OneOf(
            leaf,
            from op in Gen.Elements("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "??") from a in inner from b in inner select $"({a}) {op} ({b})",
            from op in Gen.Elements("!", "-") from a in inner select $"{op}({a})",
            from a in inner from b in inner from c in inner select $"({a}) ? ({b}) : ({c})",
            from a in inner from b in inner select $"({a})[{b}]",
            from a in inner from b in inner select $"[{a}, {b}]",
            from a in inner from b in inner select $"{{a: {a}, b: {b}}}",
            from name in Gen.Elements(FunctionTable.Names.ToArray()) from a in inner from b in inner from c in inner select Call(name, a, b, c));
    }

    private static string Call(string name, params string[] arguments)
    {
        var function = FunctionTable.Find(name)!;
        return $"{name}({string.Join(", ", arguments.Take(Math.Max(function.Min, Math.Min(function.Max, 2))))})";
    }

    private static string Outcome(string text)
    {
        try
        {
            return Expression.Parse(text).Evaluate(Sample).GetRawText();
        }
        catch (ExpressionException exception)
        {
            return $"{exception.Position}: {exception.Message}";
        }
    }

    private static bool SaysWhere(string text, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (ExpressionException exception)
        {
            return exception.Position >= 0 && exception.Position <= text.Length && exception.Message.Length > 0;
        }
    }

    /// <summary>Without halves of surrogate pairs, which JSON cannot write.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
