using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Tasks;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Testing;
using static Orchestrator.Gateway.Tests.Testing.EmbeddingTests;

namespace Orchestrator.Gateway.Tests.Testing;

/// <summary>The test that <c>docs/embedding.md</c> shows, as it is shown there.</summary>
public sealed class OrchestratorTestHostTests
{
    // snippet: fake
    private sealed class Morning : IClock
    {
        public bool IsMorning => true;
    }
    // end

    // snippet: test
    [Fact]
    public async Task Greeting_InTheMorning_SaysSo()
    {
        await using var host = await OrchestratorTestHost.StartAsync(orchestrator =>
        {
            orchestrator.AddWorker<GreetingWorker>("demo.greeting");
            orchestrator.Services.AddSingleton<IClock>(new Morning());
        });

        var task = await host.RunAsync("demo.greeting", new Greeting("Ada"));

        Assert.Equal(TaskState.Completed, task.State);
        Assert.Equal("Good morning, Ada!", task.ResultAs<Greeted>().Text);
    }
    // end

    [Fact]
    public async Task Run_WorkerRefusesItsInput_EndsAsFailed()
    {
        await using var host = await StartAsync();

        var task = await host.RunAsync("demo.greeting", new Greeting(""));

        Assert.Equal(TaskState.Failed, task.State);
        Assert.Equal(ErrorCodes.InvalidInput, task.Error!.Code);
        Assert.Equal(1, task.Attempts);
        Assert.Contains("A name is needed.", Assert.Throws<InvalidOperationException>(() => task.ResultAs<Greeted>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ActionWithoutWorker_TimesOutWithItsState()
    {
        await using var host = await StartAsync();

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => host.RunAsync("demo.nobody", 1, TimeSpan.FromMilliseconds(50)));

        Assert.Contains("demo.nobody", exception.Message, StringComparison.Ordinal);
        Assert.Contains("queued", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingsWithAMistake_LeavesNothingBehind()
    {
        var folder = "";

        await Assert.ThrowsAsync<ConfigurationException>(() => OrchestratorTestHost.StartAsync(_ => { }, setup =>
        {
            folder = setup.ContentRoot;
            setup.Silo.Slots = 0;
        }));

        Assert.NotEmpty(folder);
        Assert.False(Directory.Exists(folder));
    }

    private static Task<OrchestratorTestHost> StartAsync() => OrchestratorTestHost.StartAsync(orchestrator =>
    {
        orchestrator.AddWorker<GreetingWorker>("demo.greeting");
        orchestrator.Services.AddSingleton<IClock>(new Morning());
    });
}
