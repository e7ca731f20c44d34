namespace Orchestrator.Core.Tests.Runs.Definitions;

public sealed class DefinitionMistakesTests
{
    private const string Good = """{ "id": "good", "action": "x" }""";

    /// <summary>A document, and for its one mistake the path, the text at its place, and part of what is said.</summary>
    public static TheoryData<string, string, string, string> Documents => new()
    {
        { "", "", "", "is empty" },
        { "[]", "", "[]", "must be an object with $schema, owner" },
        { "{\n  \"a\": 1,\n}", "", "}", "is malformed: there is a comma after the last member" },
        { "{ \"ä\": nul }", "", " }", "is malformed" },
        { Read.Steps(Good, ", \"owner\": \"b\""), "/owner", "\"owner\": \"b\"", "is there twice" },
        { Read.Steps(Good + """, { "id": "a\u0000", "action": "x" }"""), "/steps/1/id", "\"a\\u0000\"", "contains NUL" },
        { Read.Steps("""{ "id": "a", "action": "x", "input": """ + new string('[', 64) + new string(']', 64) + " }"), "/steps/0/input" + string.Concat(Enumerable.Repeat("/0", 61)), "[[[]", "nested deeper than 64" },
        { Read.Steps("{ \"id\": \"a\", \"action\": \"x\" }").Replace("\"acme\"", "\"Acme\"", StringComparison.Ordinal), "/owner", "\"Acme\"", "must be of the form" },
        { Read.Steps("{ \"id\": \"a\", \"action\": \"x\" }").Replace("\"1\"", "1.0", StringComparison.Ordinal), "/version", "1.0", "write it in quotes: \"1.0\"" },
        { Read.Steps("{ \"id\": \"a\", \"action\": \"x\" }").Replace("\"name\"", "\"nmae\"", StringComparison.Ordinal), "/nmae", "\"nmae\"", "did you mean 'name'?" },
        { Read.Steps(""), "/steps", "[]", "must have from 1 to 500 items" },
        { Read.Steps(Good + ", 7"), "/steps/1", "7]", "must be an object with id, name" },
        { Read.Steps("{ \"id\": \"a\", \"action\": \"x\" }", ", \"ouput\": 1"), "/ouput", "\"ouput\"", "did you mean 'output'?" },
        { Read.Steps("{ \"id\": \"a\", \"action\": \"x\" }", ", \"execution\": { \"concurrency\": { \"maxParallel\": 0 } }"), "/execution/concurrency/maxParallel", "0", "from 1 to 10000" },
        { Read.Steps("{ \"id\": \"a\", \"action\": \"x\" }", ", \"execution\": { \"timeoutMs\": 1.5 }"), "/execution/timeoutMs", "1.5", "must be a whole number" },
        { Read.Steps("{ \"id\": \"a\", \"action\": \"x\" }", ", \"input\": []"), "/input", "[]", "must be a JSON Schema" },
        { Read.Steps("{ \"id\": \"a\", \"action\": \"x\" }", ", \"output\": \"${{ steps.b.output }}\""), "/output", "b.output", "reads the step 'b', which there is not; did you mean 'a'?" },
    };

    /// <summary>A step after one that is called good, and the same of its one mistake.</summary>
    public static TheoryData<string, string, string, string> Steps => new()
    {
        { """{ "id": "9", "action": "x" }""", "/id", "\"9\"", "must be a letter or _" },
        { """{ "id": 9, "action": "x" }""", "/id", "9,", "must be a text; write it in quotes: \"9\"" },
        { """{ "action": "x" }""", "/id", "{ \"action\"", "is missing" },
        { """{ "id": "good", "action": "x" }""", "/id", "\"good\"", "is the id of the step at line 3 too" },
        { """{ "id": "a", "acton": "x" }""", "/acton", "\"acton\"", "did you mean 'action'?" },
        { """{ "id": "a", "action": "x", "colour": "x" }""", "/colour", "\"colour\"", "is no member of this object; it may have id, name" },
        { """{ "id": "a", "action": "X y" }""", "/action", "\"X y\"", "must be of the form" },
        { """{ "id": "a", "agent": "X" }""", "/agent", "\"X\"", "must be of the form" },
        { """{ "id": "a", "run": "acme/other" }""", "/run", "\"acme/other\"", "must name a version of a definition, as in acme/report@1" },
        { """{ "id": "a", "run": "acme/report@1" }""", "/run", "\"acme/report@1\"", "is this definition itself" },
        { """{ "id": "a", "action": "x", "run": "acme/other@1" }""", "/run", "\"run\"", "stands beside action" },
        { """{ "id": "a" }""", "", "{ \"id\": \"a\" }", "has nothing to do" },
        { """{ "id": "a", "action": "x", "needs": "good" }""", "/needs", "\"good\"", "must be an array of ids" },
        { """{ "id": "a", "action": "x", "needs": ["good", "good"] }""", "/needs/1", "\"good\"]", "is there twice" },
        { """{ "id": "a", "action": "x", "needs": ["god"] }""", "/needs/0", "\"god\"", "is no step of this definition: 'god'; did you mean 'good'?" },
        { """{ "id": "a", "action": "x", "needs": ["a"] }""", "/needs/0", "\"a\"]", "is the step itself" },
        { """{ "id": "a", "action": "x", "input": "${{ steps.a.output }}" }""", "/input", "a.output", "reads the step 'a' itself before it has ended." },
        { """{ "id": "a", "action": "x", "output": "${{ steps.a.output }}" }""", "/output", "a.output", "its own output is read as output" },
        { """{ "id": "a", "action": "x", "input": { "x": ["", "\u0041 ${{ steps.gone.output }}"] } }""", "/input/x/1", "gone.output", "reads the step 'gone', which there is not." },
        { """{ "id": "a", "action": "x", "input": "${{ item }}" }""", "/input", "item }}", "reads 'item', which only" },
        { """{ "id": "a", "action": "x", "input": "${{ output.x }}" }""", "/input", "output.x", "reads 'output', which only" },
        { """{ "id": "a", "action": "x", "foreach": "run.input", "if": "index == 0" }""", "/if", "index ==", "reads 'index', which only" },
        { """{ "id": "a", "approval": { "question": "${{ output }}?" } }""", "/approval/question", "output }}", "reads 'output', which only" },
        { """{ "id": "a", "action": "x", "if": "${{ 1 + }}" }""", "/if", "}}", "is no expression" },
        { """{ "id": "a", "action": "x", "if": "false" }""", "/if", "\"false\"", "is always false" },
        { """{ "id": "a", "action": "x", "if": false }""", "/if", "false }", "is always false" },
        { """{ "id": "a", "action": "x", "if": "false && run.input.x" }""", "/if", "\"false", "is always false" },
        { """{ "id": "a", "action": "x", "if": "'yes'" }""", "/if", "\"'yes'", "must be true or false, but is always \"yes\"" },
        { """{ "id": "a", "action": "x", "if": 1 }""", "/if", "1 }", "must be a text with an expression" },
        { """{ "id": "a", "action": "x", "foreach": "${{ [] }}" }""", "/foreach", "\"${{ []", "is always empty" },
        { """{ "id": "a", "action": "x", "foreach": { "items": "7" } }""", "/foreach/items", "\"7\"", "must be an array, but is always 7" },
        { """{ "id": "a", "action": "x", "foreach": {} }""", "/foreach/items", "{} }", "is missing" },
        { """{ "id": "a", "name": 7, "action": "x" }""", "/name", "7,", "must be a text" },
        { $$"""{ "id": "a", "name": "{{new string('n', 201)}}", "action": "x" }""", "/name", "\"nnn", "200" },
        { """{ "id": "a", "action": "x", "onFailure": "go" }""", "/onFailure", "\"go\"", "must be fail or continue" },
        { """{ "id": "a", "action": "x", "retry": { "maxAttempts": 101 } }""", "/retry/maxAttempts", "101", "from 1 to 100" },
        { """{ "id": "a", "action": "x", "retry": 3 }""", "/retry", "3 }", "must be an object with maxAttempts" },
        { """{ "id": "a", "action": "x", "timeoutMs": 0 }""", "/timeoutMs", "0 }", "from 1 to 86400000" },
        { """{ "id": "a", "action": "x", "cache": {} }""", "/cache/ttlSeconds", "{} }", "is missing" },
        { """{ "id": "a", "action": "x", "skills": ["law", "law"] }""", "/skills/1", "\"law\"]", "is there twice" },
        { """{ "id": "a", "action": "x", "skills": ["La w"] }""", "/skills/0", "\"La w\"", "must be of the form" },
        { """{ "id": "a", "action": "x", "resources": { "gpu": 0 } }""", "/resources/gpu", "0 }", "from 1 to 1000000" },
        { """{ "id": "a", "action": "x", "priority": "urgent" }""", "/priority", "\"urgent\"", "must be low, medium, high" },
        { """{ "id": "a", "approval": {} }""", "/approval/question", "{} }", "is missing" },
        { """{ "id": "a", "approval": { "question": "?", "timeoutMs": "1d" } }""", "/approval/timeoutMs", "\"1d\"", "must be a whole number" },
        { """{ "id": "a", "approval": { "question": "?" }, "retry": { "maxAttempts": 2 } }""", "/retry", "\"retry\"", "this step is a decision of a person alone" },
        { """{ "id": "a", "approval": { "question": "?" }, "compensate": { "action": "x" } }""", "/compensate", "\"compensate\"", "this step is a decision" },
        { """{ "id": "a", "run": "acme/other@1", "retry": { "maxAttempts": 2 } }""", "/retry", "\"retry\"", "is for tasks" },
        { """{ "id": "a", "action": "x", "compensate": { "input": 1 } }""", "/compensate/action", "{ \"input\"", "is missing" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Read_DocumentWithOneMistake_TellsItOnceWithItsPlace(string json, string path, string at, string message) => AssertOne(json, path, at, message);

    [Theory]
    [MemberData(nameof(Steps))]
    public void Read_StepWithOneMistake_TellsItOnceWithItsPlace(string step, string path, string at, string message) =>
        AssertOne(Read.Steps(Good + ",\n    " + step), $"/steps/1{path}", at, message);

    [Fact]
    public void Read_StepThatNeedsTooMuch_SaysHowMuch()
    {
        var steps = string.Join(", ", Enumerable.Range(0, 102).Select(index => $$"""{ "id": "s{{index}}", "action": "x" }"""));
        var needs = string.Join(", ", Enumerable.Range(0, 100).Select(index => $"\"s{index}\""));

        AssertOne(Read.Steps(steps + $$""", { "id": "a", "action": "x", "needs": [{{needs}}, "s100"] }"""), "/steps/102/needs", "[\"s0\"", "from 0 to 100 items");
        AssertOne(Read.Steps(steps + $$""", { "id": "a", "action": "x", "needs": [{{needs}}], "if": "steps.s100.output" }"""), "/steps/102", "{ \"id\": \"a\"", "needs 101 steps");
    }

    [Theory]
    [InlineData("a:b b:a", "a → b → a")]
    [InlineData("a:b b:c c:d d:b", "b → c → d → b")]
    [InlineData("c:a a:b b:c", "c → a → b → c")]
    [InlineData("a:b b:a,c c:b", "a → b → a", "b → c → b")]
    [InlineData("a:b b:a c:d d:c", "a → b → a", "c → d → c")]
    public void Read_StepsInACircle_AreNamedInFullOnceACircle(string needs, params string[] circles)
    {
        var steps = needs.Split(' ').Select(step => step.Split(':')).Select(step =>
            $$"""{ "id": "{{step[0]}}", "action": "x", "needs": [{{string.Join(", ", step[1].Split(',').Select(need => $"\"{need}\""))}}] }""");
        var json = Read.Steps(string.Join(", ", steps));

        var problems = Read.Json(json).Problems;

        Assert.Equal(circles.Length, problems.Count);
        Assert.All(circles.Zip(problems), pair =>
        {
            Assert.Contains($"each step needs the next: {pair.First}.", pair.Second.Message, StringComparison.Ordinal);
            Assert.StartsWith($"\"{pair.First.Split(' ')[2]}\"", Read.TextAt(json, pair.Second));
        });
    }

    [Fact]
    public void Read_StepsBehindACircleOfExpressions_AreNamedWithIt()
    {
        var json = Read.Steps("""
            { "id": "a", "action": "x", "input": { "y": "${{ steps.b.output }}" } }, { "id": "b", "action": "x", "if": "steps.a.output" },
            { "id": "c", "action": "x", "needs": ["b"] }, { "id": "d", "action": "x", "needs": ["c"] }, { "id": "e", "action": "x" }
            """);

        AssertOne(json, "/steps/0/input/y", "b.output", "a → b → a. None of them can ever begin, nor can 'c' and 'd'; take");
    }

    private static void AssertOne(string json, string path, string at, string message)
    {
        var problem = Assert.Single(Read.Json(json).Problems);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(path, problem.Path);
        Assert.StartsWith(at, Read.TextAt(json, problem), StringComparison.Ordinal);
    }
}
