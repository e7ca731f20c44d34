using System.Text;
using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Runs;

/// <summary>What tests do with definitions and runs.</summary>
internal static class RunGateway
{
    private static int _names;

    /// <summary>A name that no other definition of these tests has.</summary>
    public static string NewName() => $"d{Interlocked.Increment(ref _names)}";

    /// <summary>Publishes a definition of the owner <c>test</c>, version 1; answers its name.</summary>
    /// <param name="rest">Its other members as YAML.</param>
    public static async Task<string> PublishAsync(this TestGateway gateway, string rest)
    {
        var name = NewName();
        await gateway.PostAsync("/api/v1/definitions", Yaml($"owner: test\nname: {name}\nversion: \"1\"\n{rest}"), 201);
        return name;
    }

    public static StringContent Yaml(string text) => new(text, Encoding.UTF8, "application/yaml");

    /// <summary>Starts a run that must be accepted; answers its id.</summary>
    public static async Task<Guid> StartAsync(this TestGateway gateway, string name, object? body = null) =>
        (await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", body, 202)).Body.GetProperty("id").GetGuid();

    /// <summary>The run once it has ended.</summary>
    public static async Task<JsonElement> WaitForRunAsync(this TestGateway gateway, Guid id)
    {
        var run = (await gateway.GetAsync($"/api/v1/runs/{id}?wait=30")).Body;
        Assert.True(run.GetProperty("status").GetString() != "started", run.GetRawText());
        return run;
    }

    /// <summary>Publishes, starts and waits.</summary>
    public static async Task<JsonElement> RunAsync(this TestGateway gateway, string rest, object? body = null) =>
        await gateway.WaitForRunAsync(await gateway.StartAsync(await gateway.PublishAsync(rest), body));

    public static JsonElement Step(this JsonElement run, string id) =>
        run.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("id").GetString() == id);

    public static string Status(this JsonElement what) => what.GetProperty("status").GetString()!;

    /// <summary>The types of the events of a run, in order.</summary>
    public static async Task<IReadOnlyList<string>> EventsAsync(this TestGateway gateway, Guid id) =>
        [.. (await gateway.GetAsync($"/api/v1/runs/{id}/events?limit=500")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()!)];
}
