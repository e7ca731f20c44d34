using System.Text;
using System.Text.Json;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Tests.Runs.Expressions;

public sealed class TemplateTests
{
    private static readonly Scope Sample = Scope
        .WithInput("""{"topic":"Foxes","n":1.50,"list":[1, {"a": null}],"none":null,"quote":"a\"b\\"}""")
        .Step("fetch", """{"text":"été"}""");

    [Theory]
    [InlineData("null", "null")]
    [InlineData("1.0", "1.0")]
    [InlineData("""{ "a" : [ true, "b" ] }""", """{ "a" : [ true, "b" ] }""")]
    [InlineData("\"About ${{ run.input.topic }}.\"", "\"About Foxes.\"")]
    [InlineData("\"${{ run.input.topic }}\"", "\"Foxes\"")]
    [InlineData("\"${{ run.input.n }}\"", "1.50")]
    [InlineData("\"${{run.input.list}}\"", """[1, {"a": null}]""")]
    [InlineData("\" ${{ run.input.n }}\"", "\" 1.50\"")]
    [InlineData("\"<${{ run.input.list }}>\"", """ "<[1,{\"a\":null}]>" """)]
    [InlineData("\"<${{ run.input.none }}|${{ true }}|${{ 1 + 1 }}>\"", "\"<|true|2>\"")]
    [InlineData("\"${{ run.input.topic }}${{ run.input.topic }}\"", "\"FoxesFoxes\"")]
    [InlineData("\"${{ run.input.quote }}!\"", """ "a\"b\\!" """)]
    [InlineData("\"costs $5, ${ {x} }\"", "\"costs $5, ${ {x} }\"")]
    [InlineData("\"$${{ run.input.topic }}\"", "\"${{ run.input.topic }}\"")]
    [InlineData("\"$$${{ x }} ${{ 1 }}\"", "\"$${{ x }} 1\"")]
    [InlineData("\"\\u0024{{ 1 }}\"", "1")]
    [InlineData("\"${{ {a: {b: '}}'}} }}\"", """{"a":{"b":"}}"}}""")]
    [InlineData("""{"a":{"${{ x }}":"${{ steps.fetch.output.text }}","k":2},"b":["${{ 1 }}", 2]}""", """{"a":{"${{ x }}":"été","k":2},"b":[1,2]}""")]
    public void Evaluate_Template_PutsValuesInTheirPlaces(string template, string expected) =>
        Assert.Equal(expected.Trim(), Encoding.UTF8.GetString(Template.Parse(JsonElement.Parse(template)).Evaluate(Sample)));

    [Theory]
    [InlineData("""{"a":["x","and ${{ run.imput }}"]}""", "/a/1", 12)]
    [InlineData("\"${{ 1 + }}\"", "", 8)]
    [InlineData("\"${{ }}\"", "", 3)]
    [InlineData("\"a ${{ 1\"", "", 2)]
    [InlineData("\"${{ 'a }}\"", "", 4)]
    [InlineData("""{"a/b":"${{ 1 }} ${{ 2 2 }}"}""", "/a~1b", 15)]
    public void Parse_BadTemplate_SaysWhere(string template, string path, int position)
    {
        var exception = Assert.Throws<ExpressionException>(() => Template.Parse(JsonElement.Parse(template)));

        Assert.Equal((path, position), (exception.Path, exception.Position));
    }

    [Fact]
    public void Evaluate_ExpressionWithoutValue_SaysWhere()
    {
        var template = Template.Parse(JsonElement.Parse("""{"a":"${{ 1 }}","b":[{"c":"is ${{ 1 + 'x' }}"}]}"""));
        var exception = Assert.Throws<ExpressionException>(() => template.Evaluate(Sample));

        Assert.Equal(("/b/0/c", 9), (exception.Path, exception.Position));
    }

    [Fact]
    public void Steps_AndVariables_AreThoseOfAllExpressions()
    {
        var template = Template.Parse(JsonElement.Parse("""{"a":"${{ steps.x.output }}","b":["${{ item }} ${{ steps.y.status }}"],"c":"$${{ steps.z.output }}"}"""));

        Assert.Equal(["x", "y"], template.Steps.Order());
        Assert.Equal(["item"], template.Variables);
    }

    [Fact]
    public void Parse_Template_OutlivesItsDocument()
    {
        Template template;
        using (var document = JsonDocument.Parse("""{"a":[1,"b"],"c":"${{ 1 }}"}"""))
        {
            template = Template.Parse(document.RootElement);
        }

        Assert.Equal("""{"a":[1,"b"],"c":1}""", Encoding.UTF8.GetString(template.Evaluate(Sample)));
    }
}
