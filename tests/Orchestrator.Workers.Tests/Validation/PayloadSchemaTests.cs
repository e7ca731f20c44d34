using System.Text;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Tests.Validation;

public sealed class PayloadSchemaTests
{
    private const string Person = """
        {"type":"object","required":["name","age"],"additionalProperties":false,
         "properties":{
           "name":{"type":"string","minLength":1,"maxLength":5},
           "age":{"type":"integer","minimum":0,"maximum":150},
           "mail":{"type":"string","format":"email"},
           "tags":{"type":"array","items":{"type":"string","pattern":"^[a-z]+$"},"uniqueItems":true,"maxItems":3},
           "a/b~c":{"const":1}}}
        """;

    [Theory]
    [InlineData("""{"name":"Ada","age":36,"mail":"ada@example.org","tags":["a","b"]}""", "")]
    [InlineData("""{}""", "/name is required. /age is required.")]
    [InlineData("""{"name":7,"age":1.5}""", "/name must be a string, not a number. /age must be a whole number, not a number.")]
    [InlineData("""{"name":"","age":-1}""", "/name must have at least 1 character, not 0. /age must be at least 0.")]
    [InlineData("""{"name":"toolong","age":1,"size":2}""", "/name must have at most 5 characters, not 7. /size is not a known member; known are name, age, mail, tags, a/b~c.")]
    [InlineData("""{"name":"A","age":1,"mail":"nobody","a/b~c":2}""", "/mail must be an e-mail address. /a~1b~0c must be 1.")]
    [InlineData("""{"name":"A","age":1,"tags":["a","B","a","c"]}""", "/tags must have at most 3 items, not 4. /tags/1 must match the pattern ^[a-z]+$. /tags/2 is the same as item 0.")]
    [InlineData("""[]""", " must be an object, not an array.")]
    public void Check_Person_NamesEveryMistake(string payload, string expected) =>
        Assert.Equal(expected, Describe(PayloadSchema.Parse(Encoding.UTF8.GetBytes(Person)).Check(Encoding.UTF8.GetBytes(payload))));

    [Theory]
    [InlineData("""{"type":"strin"}""", "/type must be one or a list of null, boolean, object, array, number, string, integer.")]
    [InlineData("""{"properties":[],"required":"name"}""", "/required must be a list of names. /properties must be an object.")]
    [InlineData("""{"properties":{"a":{"minLength":-1},"b":{"required":true},"c":7}}""", "/properties/a/minLength must be a whole number, 0 or more. /properties/b/required must be a list of names. /properties/c must be a schema: an object, true or false.")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","items":[{}]}""", "/items must be a schema; a list of them is called prefixItems.")]
    [InlineData("""{"anyOf":[],"multipleOf":0}""", "/multipleOf must be more than 0. /anyOf must be a list of at least one schema.")]
    [InlineData("""{"$defs":{"unused":{"type":5}}}""", "/$defs/unused/type must be a list of names. /$defs/unused/type must be one or a list of null, boolean, object, array, number, string, integer.")]
    [InlineData("[]", " must be a schema: an object, true or false.")]
    [InlineData("{", " is malformed at line 1, byte 2: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.")]
    public void Parse_NoSchema_NamesEveryMistake(string schema, string expected) =>
        Assert.Equal(expected, Describe(Assert.Throws<SchemaException>(() => PayloadSchema.Parse(Encoding.UTF8.GetBytes(schema))).Errors));

    [Fact]
    public void Check_AnyOfThatNoneFits_TellsWhatTheClosestAsksFor()
    {
        const string Schema = """
            {"oneOf":[{"type":"string"},
                      {"type":"object","required":["kind"],"properties":{"kind":{"const":"circle"},"radius":{"type":"number"}}},
                      {"type":"object","required":["kind","side"],"properties":{"kind":{"const":"square"}}}]}
            """;

        var errors = PayloadSchema.Parse(Encoding.UTF8.GetBytes(Schema)).Check("""{"kind":"circle","radius":"2"}"""u8.ToArray());

        Assert.Equal(" fits none of the 3 schemas of oneOf; the closest asks for what follows. /radius must be a number, not a string.", Describe(errors));
    }

    [Fact]
    public void Check_ByManyThreads_IsAlwaysTheSame()
    {
        var schema = PayloadSchema.Parse(Encoding.UTF8.GetBytes(Person));
        var payloads = Enumerable.Range(0, 2_000).Select(i => (Payload: Encoding.UTF8.GetBytes($$"""{"name":"{{i}}","age":{{i}}}"""), Valid: i <= 150)).ToList();

        Assert.All(payloads.AsParallel().WithDegreeOfParallelism(8).Select(one => (schema.Check(one.Payload).Count == 0, one.Valid)), pair => Assert.Equal(pair.Valid, pair.Item1));
    }

    private static string Describe(IEnumerable<PayloadError> errors) => string.Join(' ', errors.Select(error => $"{error.Path} {error.Message}"));
}
