// snippet: usings
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orchestrator.Core.Tasks;
using Orchestrator.Hosting;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Runtime.Watching;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Workspaces;
using Orchestrator.Workers;
// end
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Gateway.Tests.Testing;

/// <summary>The program that <c>docs/embedding.md</c> shows, as it is shown there.</summary>
public sealed class EmbeddingTests
{
    // snippet: worker
    public sealed record Greeting(string Name);

    public sealed record Greeted(string Text);

    public sealed class GreetingWorker(IClock clock) : IWorker<Greeting, Greeted>
    {
        public Task<Greeted> ExecuteAsync(Greeting input, IWorkerContext context, CancellationToken cancellationToken)
        {
            if (input.Name.Length == 0)
            {
                throw new WorkerException(ErrorCodes.InvalidInput, "A name is needed.");
            }

            return Task.FromResult(new Greeted($"{(clock.IsMorning ? "Good morning" : "Hello")}, {input.Name}!"));
        }
    }
    // end

    // snippet: interface
    public interface IClock
    {
        bool IsMorning { get; }
    }
    // end

    // snippet: clock
    public sealed class SystemClock(TimeProvider time) : IClock
    {
        public bool IsMorning => time.GetLocalNow().Hour is >= 5 and < 12;
    }
    // end

    // snippet: submitting
    public sealed class Greeter(IIdSource ids, ITaskSubmitter submitter, ITaskWatcher watcher, ITaskReader tasks)
    {
        public async Task<string> GreetAsync(string name, CancellationToken cancellationToken = default)
        {
            var task = new NewTask
            {
                Id = ids.NewTaskId(),
                Action = "demo.greeting",
                Input = JsonSerializer.SerializeToUtf8Bytes(new Greeting(name), JsonSerializerOptions.Web),
            };
            var answer = await submitter.SubmitAsync(new Submission(IWorkspaceStore.DefaultWorkspace, [task]), cancellationToken);
            if (answer is not SubmissionResult.Accepted)
            {
                throw new InvalidOperationException($"The task was refused: {answer}");
            }

            await watcher.WaitForEndAsync(task.Id, TimeSpan.FromSeconds(30), cancellationToken);
            var ended = await tasks.FindAsync(task.Id, cancellationToken);
            return ended is { State: TaskState.Completed, Result: { } result }
                ? JsonSerializer.Deserialize<Greeted>(result.Span, JsonSerializerOptions.Web)!.Text
                : throw new InvalidOperationException($"The task is {ended?.State}: {ended?.Error?.Message}");
        }
    }
    // end

    [Fact]
    public async Task Program_AsShown_GreetsAndEnds()
    {
        using var folder = new SqliteFolder();

        var greeting = await RunAsync(["--ORCHESTRATOR_DATA", folder.Path]);

        Assert.EndsWith(", Ada!", greeting, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string[] args)
    {
        // snippet: program
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddSingleton<IClock, SystemClock>();
        builder.Services.AddSingleton<Greeter>();
        builder.Services
            .AddOrchestrator(builder.Configuration, setup => setup.Silo.Slots = 16)
            .AddWorker<GreetingWorker>("demo.greeting", options => options.Concurrency = 4);

        using var host = builder.Build();
        await host.StartAsync();
        var greeting = await host.Services.GetRequiredService<Greeter>().GreetAsync("Ada");
        Console.WriteLine(greeting);
        await host.StopAsync();
        // end
        return greeting;
    }
}
