using System.Text;
using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit.Npm;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Gateway.Tests.Mcp;

/// <summary>The public inspector of MCP, as a process of its own, uses the tools.</summary>
public sealed class InspectorTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Package = "@modelcontextprotocol/inspector";
    private const string Version = "2.12.0";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [NpmFact(Package, Version)]
    public async Task Inspector_ListsTheToolsAndSubmitsATask()
    {
        var tools = await RunAsync("--method", "tools/list");
        var called = await RunAsync("--method", "tools/call", "--tool-name", "submit_task", "--tool-arg", "workspace=default", "--tool-arg", $"action={EchoWorker.Action}", "--tool-arg", """input={"text":"by the inspector"}""", "--tool-arg", "wait=30");
        var id = called.GetProperty("structuredContent").GetProperty("id").GetString();
        var waited = await RunAsync("--method", "tools/call", "--tool-name", "wait_for_task", "--tool-arg", $"task={id}");

        Assert.Contains(tools.GetProperty("tools").EnumerateArray(), tool => tool.GetProperty("name").GetString() == "submit_task");
        Assert.Equal("completed", called.GetProperty("structuredContent").GetProperty("status").GetString());
        Assert.Equal("by the inspector", waited.GetProperty("structuredContent").GetProperty("result").GetProperty("text").GetString());
    }

    private async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var folder = await NpmPackage.InstallAsync(Package, Version);
        var result = await Task.Run(() => ProcessRunner.TryRun(
            "node", [NpmPackage.Script(folder, "inspector"), "--cli", new Uri(gateway.Address, "/mcp").ToString(), "--transport", "http", .. arguments], Limit));

        Assert.True(result.ExitCode == 0, result.Output);
        return FirstJson(result.Output);
    }

    /// <summary>What it answered; behind it stands what it says of its work.</summary>
    private static JsonElement FirstJson(string output)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(output[output.IndexOf('{', StringComparison.Ordinal)..]));
        return JsonElement.ParseValue(ref reader);
    }
}
