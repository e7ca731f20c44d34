using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cli.Tests;

/// <summary>What goes wrong: the right exit code, one clear line on standard error, and nothing on standard output.</summary>
public sealed class FailureTests
{
    private static readonly Guid Id = Guid.Parse("01a1fd44-365c-7a7b-9463-8b11bcec2525");

    [Fact]
    public async Task AnyCommand_NobodyListens_Is69()
    {
        var result = await RunAsync("http://127.0.0.1:9", "task", "list");

        AssertRefused(result, 69, "http://127.0.0.1:9 cannot be reached");
        Assert.EndsWith("). Is a gateway running there? --url or ORCHESTRATOR_URL says where.\n", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.ErrorLines);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"items":[null]}""")]
    [InlineData("<html></html>")]
    public async Task AnyCommand_WhatAnswersIsNoGateway_Is69(string body)
    {
        await using var other = await FakeGateway.WithAnswerAsync(body);

        var list = await RunAsync(other.Address.ToString(), "task", "list");
        var doctor = await RunAsync(other.Address.ToString(), "doctor");

        AssertRefused(list, 69, "What answers there is no gateway: ");
        Assert.Single(list.ErrorLines);
        Assert.DoesNotContain("defect", doctor.Output + doctor.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ok", doctor.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"action":"a","concurrency":1,"unavailableReason":null}]""", 0)]
    [InlineData("null", 69)]
    [InlineData("[null]", 69)]
    [InlineData("[{}]", 69)]
    [InlineData("""[{"action":null,"concurrency":1,"unavailableReason":null}]""", 69)]
    [InlineData("""[{"action":"a","concurrency":1,"unavailableReason":null,"skills":[]}]""", 69)]
    public async Task AnyCommand_NullWhereAValueIsWanted_IsWhatNoGatewayAnswers(string actions, int exitCode)
    {
        await using var other = await FakeGateway.WithAnswerAsync($$"""
            {"items":[{"id":"{{Id}}","name":"s","host":"h","processId":1,"slots":1,"busy":0,"state":"active","draining":false,"actions":{{actions}},
             "startedAt":"2026-01-01T00:00:00Z","heartbeatAt":"2026-01-01T00:00:00Z"}],"nextCursor":null}
            """);

        var list = await RunAsync(other.Address.ToString(), "silo", "list");

        Assert.Equal(exitCode, list.ExitCode);
        Assert.Equal(exitCode == 0 ? 0 : 1, list.ErrorLines.Length);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/?x=1")]
    [InlineData("http://127.0.0.1:9/#f")]
    public async Task AnyCommand_UrlWithMoreThanAPath_Is64(string url)
    {
        var given = await Orc.RunAsync("task", "list", "--url", url);
        var found = await RunAsync(url, "task", "list");

        AssertRefused(given, 64, "--url must be an http or https address without ? and #.");
        AssertRefused(found, 64, "ORCHESTRATOR_URL must be an http or https address without ? and #.");
    }

    [Fact]
    public async Task AnyCommand_KeyIsMissingOrNotEnough_Is77()
    {
        await using var gateway = await FakeGateway.WithKeyAsync("right");
        var url = gateway.Address.ToString();

        var without = await RunAsync(url, "workspace", "list");
        var wrong = await RunAsync(url, "workspace", "list", "--key", "wrong");
        var low = await Orc.RunWithAsync(new() { ["ORCHESTRATOR_URL"] = url, ["ORCHESTRATOR_KEY"] = "right" }, "workspace", "list");

        AssertRefused(without, 77, "The key is missing or wrong.");
        AssertRefused(wrong, 77, "The key is missing or wrong.");
        AssertRefused(low, 77, "The key may not do this.");
        Assert.All([without, wrong, low], result => Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task Submit_BadJson_Is65And66WithoutAFile()
    {
        using var folder = new SqliteFolder();
        var file = Path.Combine(folder.Path, "bad.json");
        await File.WriteAllTextAsync(file, "{\"text\": ");

        var onTheLine = await RunAsync("http://127.0.0.1:9", "task", "submit", "generation.summary", "--input", "{nonsense");
        var inAFile = await RunAsync("http://127.0.0.1:9", "task", "submit", "generation.summary", "--input", $"@{file}");
        var missing = await RunAsync("http://127.0.0.1:9", "task", "submit", "generation.summary", "--input", $"@{file}.not");
        var onInput = await Orc.RunWithInputAsync("[1, 2\n{}", [], "batch", "submit", "-", "--url", "http://127.0.0.1:9");

        AssertRefused(onTheLine, 65, "--input is no JSON: line 1, byte 2: ");
        Assert.DoesNotContain("LineNumber", onTheLine.Errors, StringComparison.Ordinal);
        AssertRefused(inAFile, 65, $"--input: {file} is no JSON: line 1, byte ");
        AssertRefused(missing, 66, $"{file}.not cannot be read: ");
        AssertRefused(onInput, 65, "standard input, line 1: no JSON: line 1, byte ");
        Assert.All([onTheLine, inAFile, missing, onInput], result => Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task AnyCommand_Mistakes_Is64AndNamesEveryOne()
    {
        var result = await RunAsync("ftp://x", "task", "list", "--limit", "0", "--status", "lost", "--parent", "x", "--created-after", "soon", "-o", "xml", "--url", "nowhere");

        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.All(["--limit", "--status", "--parent", "--created-after", "--output", "--url"], option => Assert.Contains(option, result.Errors, StringComparison.Ordinal));
        Assert.EndsWith("Try: orc task list --help", result.Errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Wait_Interrupted_SaysThatTheTaskGoesOn(string signal, int exitCode)
    {
        await using var gateway = await FakeGateway.WithEndlessTaskAsync(Id);
        await using var orc = Orc.Start([], "task", "wait", $"{Id}", "--url", gateway.Address.ToString());
        await gateway.Waited.WaitAsync(TimeSpan.FromSeconds(30));

        orc.Signal(signal);
        var result = await orc.FinishAsync();

        AssertRefused(result, exitCode, $"Interrupted. Task {Id} goes on: orc task wait {Id}");
        Assert.Single(result.ErrorLines);
    }

    [Fact]
    public async Task Wait_LongerThanItsTimeout_Is124()
    {
        await using var gateway = await FakeGateway.WithEndlessTaskAsync(Id);

        var result = await RunAsync(gateway.Address.ToString(), "task", "wait", $"{Id}", "--timeout", "200ms");

        AssertRefused(result, 124, $"Task {Id} has not ended within 200 ms, and goes on: orc task wait {Id}");
        Assert.Single(result.ErrorLines);
    }

    [Theory]
    [InlineData("> /dev/full")]
    [InlineData(">&-")]
    public void AnyCommand_OutputCannotBeWritten_Is74(string where)
    {
        var result = ProcessRunner.TryRun("/bin/sh", ["-c", $"dotnet '{Orc.Program}' completion bash {where}"]);

        Assert.Equal(74, result.ExitCode);
        Assert.Matches(@"^What is to be printed cannot be written: .*\n$", result.Output);
    }

    [Fact]
    public void AnyCommand_WhoeverReadsHasGone_IsQuiet()
    {
        var result = ProcessRunner.Run("/bin/sh", ["-c", $"{{ dotnet '{Orc.Program}' completion bash; echo $? >&2; }} | true"]);

        Assert.Equal("0\n", result.Output);
    }

    private static Task<Orc.Result> RunAsync(string url, params string[] arguments) => Orc.RunWithAsync(new() { ["ORCHESTRATOR_URL"] = url }, arguments);

    private static void AssertRefused(Orc.Result result, int exitCode, string line)
    {
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(line, result.Errors, StringComparison.Ordinal);
    }
}
