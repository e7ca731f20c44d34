using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Pool;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.InProcess;

public sealed class AddWorkerTests
{
    [Fact]
    public async Task Worker_OfEachAttempt_LivesInAScopeOfItsOwn()
    {
        await using var services = new ServiceCollection().AddScoped<Scoped>().AddWorker<ScopedWorker>("test.scoped").BuildServiceProvider(validateScopes: true);
        var executor = services.GetServices<IActionProvider>().Single().Actions.Single().Executor;

        var first = (await executor.ExecuteAsync(Attempts.Of("test.scoped", "{}"), default)).ShouldSucceed().GetString();
        var second = (await executor.ExecuteAsync(Attempts.Of("test.scoped", "{}"), default)).ShouldSucceed().GetString();

        Assert.NotEqual(first, second);
        Assert.Equal(2, Scoped.Disposed);
    }

    [Fact]
    public void Options_OfARegistration_ShowInTheDescriptor()
    {
        using var services = new ServiceCollection()
            .AddWorker<ScopedWorker>("test.a", options => (options.Concurrency, options.MaxAttempts, options.Provider) = (3, 2, "openai"))
            .AddWorker<ScopedWorker>("test.b")
            .BuildServiceProvider();

        var actions = services.GetServices<IActionProvider>().Single().Actions;

        Assert.Equal([("test.a", 3, 2), ("test.b", null, (int?)null)], actions.Select(action => (action.Name, action.Concurrency, action.MaxAttempts)));
        Assert.Equal(["openai", null], actions.Select(action => action.Provider));
        Assert.All(actions, action => Assert.Null(action.UnavailableReason));
    }

    [Fact]
    public void Action_RegisteredTwice_IsRefused() => Assert.Contains(
        "test.a",
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddWorker<ScopedWorker>("test.a").AddWorker<ScopedWorker>("test.a")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Bad Name")]
    public void Action_OfAWrongName_IsRefused(string action) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddWorker<ScopedWorker>(action));

    [Fact]
    public void Provider_OfAWrongName_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddWorker<ScopedWorker>("test.a", options => options.Provider = "Open \"AI\""));

    [Fact]
    public void Type_OfSeveralWorkers_IsRefusedWithAllOfThem()
    {
        var message = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddWorker<TwoFaced>("test.a")).Message;
        Assert.Contains("IWorker<Int32, Int32>", message, StringComparison.Ordinal);
        Assert.Contains("IWorker<String, String>", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Type_ThatIsNoWorker_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddWorker<Scoped>("test.a"));

    [Theory]
    [InlineData("Law!", 0.5)]
    [InlineData("law", 0)]
    [InlineData("law", 1.5)]
    public void Skill_ThatIsNone_IsRefused(string skill, double proficiency)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddWorker<ScopedWorker>("a", options => options.Skills[skill] = proficiency));

        Assert.Contains($"'{skill}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Skills_OfAWorker_AreOffered()
    {
        using var services = new ServiceCollection().AddSingleton<Scoped>().AddWorker<ScopedWorker>("a", options => options.Skills["law"] = 0.5).BuildServiceProvider();

        Assert.Equal(0.5, services.GetServices<IActionProvider>().Single().Actions.Single().Skills!["law"]);
    }

    [Fact]
    public void Pool_WithMistakes_IsRefusedWithAllOfThem()
    {
        var message = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddProcessPool(new ProcessPoolOptions
        {
            PoolSize = 0,
            Workers = [new PoolWorkerOptions()],
        })).Message;
        Assert.All(["poolSize", "workers[0].command", "workers[0].actions"], name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Fact]
    public void SampleWorkers_Added_OfferBothActions()
    {
        using var services = new ServiceCollection().AddSampleWorkers().BuildServiceProvider();
        Assert.Equal(
            ["generation.summary", "generation.simulated", "validators.runtime"],
            services.GetServices<IActionProvider>().Single().Actions.Select(action => action.Name));
    }

    public sealed record Nothing;

    private sealed class Scoped : IDisposable
    {
        public static int Disposed { get; private set; }

        public Guid Id { get; } = Guid.NewGuid();

        public void Dispose() => Disposed++;
    }

    private sealed class ScopedWorker(Scoped scoped) : IWorker<Nothing, Guid>
    {
        public Task<Guid> ExecuteAsync(Nothing input, IWorkerContext context, CancellationToken cancellationToken) => Task.FromResult(scoped.Id);
    }

    private sealed class TwoFaced : IWorker<int, int>, IWorker<string, string>
    {
        public Task<int> ExecuteAsync(int input, IWorkerContext context, CancellationToken cancellationToken) => Task.FromResult(input);

        public Task<string> ExecuteAsync(string input, IWorkerContext context, CancellationToken cancellationToken) => Task.FromResult(input);
    }
}
