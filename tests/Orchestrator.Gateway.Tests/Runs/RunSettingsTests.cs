using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Hosting;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Runtime.Options;

namespace Orchestrator.Gateway.Tests.Runs;

public sealed class RunSettingsTests
{
    private const string Default = "ORCHESTRATION_DEFAULT_MAX_PARALLEL";
    private const string Max = "ORCHESTRATION_MAX_CONCURRENCY";

    /// <summary>What is set, and what holds for a definition that says nothing, and for one that says 5.</summary>
    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("3", null, 3)]
    [InlineData(null, "7", 7)]
    [InlineData("3", "7", 7)]
    public async Task Start_DefinitionThatDoesNotSay_HasTheBoundOfTheSettings(string? defaultMaxParallel, string? maxConcurrency, int expected)
    {
        string[] settings = [.. Setting(Default, defaultMaxParallel), .. Setting(Max, maxConcurrency)];
        await using var gateway = await TestGateway.StartAsync(_ => { }, settings);

        var silent = await gateway.RunAsync("steps: [{ id: a, action: generation.echo }]");
        var own = await gateway.RunAsync("execution: { concurrency: { maxParallel: 5 } }\nsteps: [{ id: a, action: generation.echo }]");

        Assert.Equal((expected, 5), (silent.GetProperty("maxParallel").GetInt32(), own.GetProperty("maxParallel").GetInt32()));
    }

    [Fact]
    public void AddOrchestrator_BoundsThatAreNone_AreEachNamed()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Add((Default, "0"), (Max, "many")));
        Assert.Equal([Default, Max], exception.Mistakes.Select(mistake => mistake.Setting).Order());
        Assert.Contains("from 1 to 10000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddOrchestrator_Bounds_ReachTheOptions()
    {
        using var provider = Add((Default, "2"), (Max, "9")).BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<RunOptions>>().Value;
        Assert.Equal((2, 9, 9), (options.DefaultMaxParallel, options.MaxConcurrency!.Value, options.MaxParallel));
    }

    private static string[] Setting(string name, string? value) => value is null ? [] : [$"--{name}", value];

    private static ServiceCollection Add(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddOrchestrator(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))).Build());
        return services;
    }
}
