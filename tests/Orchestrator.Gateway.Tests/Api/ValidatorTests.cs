using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Workers;
using Orchestrator.Workers.Validators;
using Xunit.Abstractions;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class ValidatorTests(TestGateway gateway, ITestOutputHelper output) : IClassFixture<TestGateway>
{
    private const string Path = "/api/v1/validators/runtime";
    private const string Person = """{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":0}}}""";

    [Theory]
    [InlineData("""{"name":"Ada","age":36}""", null, "")]
    [InlineData("""{"age":-1}""", null, "/name is required. /age must be at least 0.")]
    [InlineData("""{"name":"Ada"}""", """{"required":["/name","/tags/1"],"bounds":{"/name":{"minLength":5},"/age":{"min":1}}}""", "/tags/1 is required. /name must have at least 5 characters, not 3.")]
    [InlineData("""{"name":"Ada","age":200}""", """{"bounds":{"/age":{"max":150},"/name":{"max":1}}}""", "/age must be at most 150. /name must be a number.")]
    [InlineData("""{"name":"Ada","more":[[[1]]]}""", """{"maxBytes":20,"maxDepth":3}""", " has 29 bytes; at most 20 may be there.  is nested 4 levels deep; at most 3 may be there.")]
    [InlineData("""{"name":"Ada"}""", "null", "")]
    public async Task Validate_Payload_SaysAllThatIsWrong(string payload, string? rules, string expected)
    {
        var answer = (await gateway.PostAsync(Path, Request(Person, payload, rules))).Body;

        Assert.Equal(expected.Length == 0, answer.GetProperty("valid").GetBoolean());
        Assert.Equal(expected, string.Join(' ', answer.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("path")} {error.GetProperty("message")}")));
    }

    [Theory]
    [InlineData("""{}""", "/payload", "/schema")]
    [InlineData("""{"schema":{"type":"strin","properties":{"a":7}},"payload":1}""", "/schema/properties/a", "/schema/type")]
    [InlineData("""{"schema":7,"payload":1,"more":1}""", "/more", "/schema")]
    [InlineData("""{"schema":{"$ref":"http://127.0.0.1:1/x"},"payload":1}""", "/schema/$ref")]
    [InlineData("""{"schema":{},"payload":1,"rules":{"required":["name"],"bounds":{"/a":{"min":"1","size":2}},"maxDepth":65}}""", "/rules/bounds/~1a/min", "/rules/bounds/~1a/size", "/rules/maxDepth", "/rules/required/0")]
    [InlineData("""{"schema":{},"payload":{"a":1,"a":2}}""", "/payload/a")]
    [InlineData("""{"schema":{},"payload":"\u0000"}""", "/payload")]
    public async Task Validate_BadRequest_NamesEveryField(string body, params string[] pointers) =>
        Assert.Equal(pointers, (await gateway.PostAsync(Path, body, 400)).Pointers);

    [Fact]
    public async Task Validate_TooLarge_Is413() =>
        Assert.Equal("too-large", (await gateway.PostAsync(Path, Request("{}", $"\"{new string('x', 2_000_000)}\"", null), 413, ("Expect", "100-continue"))).Problem);

    [Fact]
    public async Task Validate_AsATask_AnswersTheSame()
    {
        await using var own = await TestGateway.StartAsync(builder => builder.Services.AddSampleWorkers());
        var valid = await own.WaitAsync(await own.SubmitAsync("default", new { action = ValidatorExecutor.Action, input = JsonDocument.Parse(Request(Person, """{"age":-1}""", null)).RootElement }));
        var refused = await own.WaitAsync(await own.SubmitAsync("default", new { action = ValidatorExecutor.Action, input = new { schema = 7 } }));

        Assert.Equal("""{"valid":false,"errors":[{"path":"/name","message":"is required."},{"path":"/age","message":"must be at least 0."}]}""", valid.GetProperty("result").GetRawText());
        Assert.Equal("invalid_input", refused.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("/payload is required. /schema must be an object or true or false, not a number.", refused.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Validate_ManySchemasMadeToBeSlow_LeaveTheGatewayToOthers()
    {
        var slow = Request("""{"pattern":"^(a+)+\\1b$"}""", $"\"{new string('a', 5_000)}\"", null);
        var checks = Enumerable.Range(0, 40).Select(_ => gateway.PostAsync(Path, slow)).ToList();
        await Task.WhenAny(checks);

        await gateway.GetAsync("/health/live");

        Assert.Contains(checks, check => !check.IsCompleted);
        var answers = await Task.WhenAll(checks);
        Assert.All(answers, answer => Assert.Contains("was not checked to its end", answer.Body.GetRawText()));
    }

    /// <summary>Prints a figure for the documentation; the bound only tells a fast path from one that goes by way of a task.</summary>
    [Fact]
    public async Task Validate_SmallPayload_IsNearlyAsFastAsTheBareAnswer()
    {
        var request = Request(Person, """{"name":"Ada","age":36}""", """{"maxBytes":1000}""");
        var bare = new List<double>();
        var checks = new List<double>();
        for (var i = 0; i < 600; i++)
        {
            bare.Add(await TimeAsync(() => gateway.Client.GetAsync(new Uri("/", UriKind.Relative))));
            checks.Add(await TimeAsync(() => gateway.Client.PostAsync(new Uri(Path, UriKind.Relative), TestGateway.Json(request))));
        }

        var (one, other) = (Median(bare.Skip(100)), Median(checks.Skip(100)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GET / {one:F3} ms, POST {Path} {other:F3} ms: {other / one:F2} times"));
        Assert.InRange(other / one, 0, 10);
    }

    private static string Request(string schema, string payload, string? rules) =>
        $$"""{"schema":{{schema}},"payload":{{payload}}{{(rules is null ? "" : $",\"rules\":{rules}")}}}""";

    private static async Task<double> TimeAsync(Func<Task<HttpResponseMessage>> send)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await send();
        await response.Content.ReadAsByteArrayAsync();
        response.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
