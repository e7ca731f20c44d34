using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Agents;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;
using Orchestrator.Runtime.Webhooks;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Mcp;
using Orchestrator.Workers.Agents;
using Orchestrator.Workers.Agents.Loop;
using Orchestrator.Workers.Agents.Mcp;
using Orchestrator.Workers.Tests.Support;
using static Orchestrator.Workers.Tests.Agents.ScriptedModels;

namespace Orchestrator.Workers.Tests.Agents;

public sealed class McpTests
{
    private const string Token = "canary-0815-token";

    [Fact]
    public async Task Call_ToolAtAnAddress_AnswersUnderTheNameOfItsCall()
    {
        await using var server = await McpEndpoint.StartAsync();
        server.OnCall = (call, http) => Task.FromResult(new McpReply($"{call.Arguments["n"]} {http.Request.Headers["X-Token"]}"));
        var harness = NewHarness(
            new McpServer { Name = "w", Url = server.Url.ToString(), Headers = new Dictionary<string, string> { ["X-Token"] = Token }, Tools = ["work"] },
            new AgentOptions { AllowPrivateAddresses = true },
            Turn(Calls(("w__work", """{"n":1}"""), ("w__work", """{"n":2}"""))),
            Turn(Says("done")));

        (await harness.RunAsync()).ShouldSucceed();

        Assert.Equal(["w__work"], harness.Models.Asked[0].Tools.Select(tool => tool.Name));
        Assert.Equal(["1 [secret]", "2 [secret]"], harness.Shown(2)[^2..]);
        Assert.All(server.Calls, call => Assert.EndsWith($"/turn-1-call-{call.Arguments["n"]}", call.Key!, StringComparison.Ordinal));
        Assert.Equal(1, server.Listings);
    }

    [Fact]
    public async Task Call_PrivateAddress_IsRefusedUnlessAllowed()
    {
        await using var server = await McpEndpoint.StartAsync();
        var harness = NewHarness(new McpServer { Name = "w", Url = server.Url.ToString() }, new AgentOptions());

        var error = (await harness.RunAsync()).ShouldFail(ErrorCodes.ResourceUnavailable);

        Assert.Equal("The MCP server w is at an address that this silo may not use; Agents:AllowPrivateAddresses is not set.", error.Message);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task List_ServerRefuses_FailsTheAttemptAndSaysWith()
    {
        await using var server = await McpEndpoint.StartAsync();
        server.Refuses = 401;
        var harness = NewHarness(new McpServer { Name = "w", Url = server.Url.ToString() }, new AgentOptions { AllowPrivateAddresses = true });

        var error = (await harness.RunAsync()).ShouldFail(ErrorCodes.ResourceUnavailable);

        Assert.Equal(("The MCP server w answered 401.", true), (error.Message, error.Retryable));
    }

    [Fact]
    public async Task Call_TakesLongerThanItMay_TellsTheModel()
    {
        await using var server = await McpEndpoint.StartAsync();
        server.OnCall = async (_, http) =>
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
            return new McpReply("never");
        };
        var harness = NewHarness(
            new McpServer { Name = "w", Url = server.Url.ToString() },
            new AgentOptions { AllowPrivateAddresses = true, McpCallTimeout = TimeSpan.FromMilliseconds(200) },
            Turn(Calls(("w__work", "{}"))),
            Turn(Says("done")));

        (await harness.RunAsync()).ShouldSucceed();

        Assert.Equal("Error: The MCP server w did not answer within 0.2 s.", harness.Shown(2)[^1]);
    }

    [PythonFact]
    public async Task Call_Program_GetsItsOwnEnvironmentOnlyAndSaysNoSecret()
    {
        using var folder = new TempFolder();
        Environment.SetEnvironmentVariable("ORCHESTRATOR_TEST_CANARY", "of the silo");
        var harness = OfProgram(folder, Turn(Calls(("p__environment", "{}"), ("p__refuse", "{}"), ("p__throw", "{}"))), Turn(Says("done")));

        (await harness.RunAsync()).ShouldSucceed();

        var environment = harness.Shown(2)[^3];
        Assert.Contains("\"TOKEN\": \"[secret]\"", environment, StringComparison.Ordinal);
        Assert.Contains("PATH", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("ORCHESTRATOR_TEST_CANARY", environment, StringComparison.Ordinal);
        Assert.Equal("Error: no, says [secret]", harness.Shown(2)[^2]);
        Assert.Contains("thrown", harness.Shown(2)[^1], StringComparison.Ordinal);
    }

    [PythonFact]
    public async Task Call_TenMegabytes_AreCut()
    {
        using var folder = new TempFolder();
        var harness = OfProgram(folder, Turn(Calls(("p__big", "{}"))), Turn(Says("done")));

        (await harness.RunAsync()).ShouldSucceed();

        Assert.EndsWith("[9934464 of 10000000 characters left out]", harness.Shown(2)[^1], StringComparison.Ordinal);
        Assert.InRange(harness.Journal.Saved.Max(saved => saved.Checkpoint.Length), ToolText.MaxLength, ToolText.MaxLength + 10_000);
    }

    [PythonFact]
    public async Task Call_ProgramDies_TellsTheModelAndStartsItAgain()
    {
        using var folder = new TempFolder();
        var harness = OfProgram(folder, Turn(Calls(("p__pid", "{}"), ("p__die", "{}"), ("p__pid", "{}"))), Turn(Says("done")));

        (await harness.RunAsync()).ShouldSucceed();

        var shown = harness.Shown(2)[^3..];
        Assert.Equal("Error: The MCP server p cannot be reached, or has died.", shown[1]);
        Assert.NotEqual(shown[0], shown[2]);
        Assert.True(int.TryParse(shown[2], out var pid));
        await Eventually.TrueAsync(() => Task.FromResult(!File.Exists($"/proc/{pid}/stat")), TimeSpan.FromSeconds(10), () => "The program outlived its attempt.");
    }

    [PythonFact]
    public async Task List_ProgramThatEndsAtStart_TellsItsLastWordsWithoutSecrets()
    {
        using var folder = new TempFolder();
        var program = Path.Combine(folder.Path, "broken.py");
        await File.WriteAllTextAsync(program, """
            import os, sys
            for i in range(50):
                print("line", i, file=sys.stderr)
            print(os.environ["TOKEN"], "and", os.environ["PEM"], file=sys.stderr)
            sys.exit("/srv/data: no \x1b[31msuch\0 folder")
            """);
        var log = new CapturingLoggerFactory();
        var harness = NewHarness(
            new McpServer
            {
                Name = "p",
                Command = "python3",
                Args = ["-B", program],
                Env = new Dictionary<string, string> { ["TOKEN"] = Token, ["PEM"] = "first-line\nsecond-line" },
            },
            new AgentOptions { McpCommands = ["python3"] },
            log);

        var error = (await harness.RunAsync()).ShouldFail(ErrorCodes.ResourceUnavailable);

        Assert.StartsWith("The MCP server p cannot be reached, or has died. It last said: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" | [secret] and [secret] | [secret] | /srv/data: no  [31msuch  folder", error.Message, StringComparison.Ordinal);
        var line = Assert.Single(log.Lines);
        Assert.Contains("line 49\n[secret] and [secret]\n[secret]\n/srv/data", line, StringComparison.Ordinal);
        Assert.DoesNotContain("line 30\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ProgramThatIsNotAllowed_IsNotStarted()
    {
        var server = new McpServer { Name = "p", Command = "python3" };
        var harness = NewHarness(server, new AgentOptions { McpCommands = ["npx"] });

        var error = (await harness.RunAsync()).ShouldFail(ErrorCodes.ResourceUnavailable);

        Assert.Equal("It cannot run here: its MCP server p is the program python3, which Agents:McpCommands does not allow here.", error.Message);
    }

    private static AgentHarness OfProgram(TempFolder folder, params Func<Chat, CancellationToken, Task<ChatTurn>>[] script) => NewHarness(
        new McpServer
        {
            Name = "p",
            Command = "python3",
            Args = ["-B", StdioMcpServer.Write(folder.Path)],
            Env = new Dictionary<string, string> { ["TOKEN"] = Token },
        },
        new AgentOptions { McpCommands = ["python3"] },
        script);

    private static AgentHarness NewHarness(
        McpServer server, AgentOptions options, params Func<Chat, CancellationToken, Task<ChatTurn>>[] script) => NewHarness(server, options, NullLoggerFactory.Instance, script);

    private static AgentHarness NewHarness(
        McpServer server, AgentOptions options, ILoggerFactory log, params Func<Chat, CancellationToken, Task<ChatTurn>>[] script)
    {
        var transports = new McpTransports(Options.Create(options), new DnsResolver(), log.CreateLogger<McpTransports>());
        return new AgentHarness(new ScriptedModels(script))
        {
            Definition = new() { Name = "t", Instructions = "i", Model = "a/m", McpServers = [server] },
            Connect = one => new McpConnection(one, transports, options, TimeProvider.System),
        };
    }
}
