using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Pool;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Pool;

/// <summary>A pool over a script that behaves as each request tells it to.</summary>
internal sealed class PoolHarness : IAsyncDisposable
{
    public const string Action = "test.do";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ProcessPoolProvider _provider;

    private PoolHarness(ProcessPoolOptions options, PoolTimings timings)
    {
        _provider = new ProcessPoolProvider([options], timings, Meters.Pool, TimeProvider.System, Log);
    }

    public Meters Meters { get; } = new();

    public CapturingLoggerFactory Log { get; } = new();

    public TempFolder Folder { get; private init; } = new();

    public IReadOnlyList<ActionDescriptor> Actions => _provider.Actions;

    public static PoolHarness Start(Action<ProcessPoolOptions>? configure = null, PoolTimings? timings = null, string? script = null, TempFolder? folder = null)
    {
        folder ??= new TempFolder();
        folder.Write("worker.py", script ?? BehaviourScript.Source);
        var options = new ProcessPoolOptions
        {
            PoolSize = 1,
            WorkingDirectory = folder.Path,
            Workers = [new PoolWorkerOptions { Command = "python3", Args = ["worker.py"], Actions = [Action] }],
        };
        configure?.Invoke(options);
        var mistakes = options.Validate();
        Assert.True(mistakes.Count == 0, string.Join(Environment.NewLine, mistakes));
        var harness = new PoolHarness(options, timings ?? new PoolTimings { RestartDelay = TimeSpan.FromMilliseconds(10) }) { Folder = folder };
        harness._provider.Start();
        return harness;
    }

    public static async Task<PoolHarness> StartReadyAsync(Action<ProcessPoolOptions>? configure = null, PoolTimings? timings = null)
    {
        var harness = Start(configure, timings);
        await harness.WhenAsync(action => action.UnavailableReason is null);
        return harness;
    }

    /// <summary>Returns the action once it satisfies the condition.</summary>
    public async Task<ActionDescriptor> WhenAsync(Func<ActionDescriptor, bool> condition, string action = Action)
    {
        var met = new TaskCompletionSource<ActionDescriptor>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Check()
        {
            var descriptor = _provider.Actions.Single(candidate => candidate.Name == action);
            if (condition(descriptor))
            {
                met.TrySetResult(descriptor);
            }
        }

        _provider.Changed += Check;
        try
        {
            Check();
            return await met.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{action} is still: {Actions[0].UnavailableReason ?? "servable"}. Log:\n{string.Join('\n', Log.Lines)}");
            throw;
        }
        finally
        {
            _provider.Changed -= Check;
        }
    }

    public Task<AttemptResult> DoAsync(string input, RecordingReporter? reporter = null, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        Actions[0].Executor.ExecuteAsync(Attempts.Of(Action, input, reporter, timeout), cancellation).WaitAsync(Patience, CancellationToken.None);

    /// <summary>An attempt of a task that delegates.</summary>
    public Task<AttemptResult> DoAsync(string input, FakeDelegation delegation, string? checkpoint = null, string action = Action, CancellationToken cancellation = default) =>
        Actions[0].Executor.ExecuteAsync(Attempts.Of(action, input, delegation: delegation.Again(), checkpoint: checkpoint), cancellation).WaitAsync(Patience, CancellationToken.None);

    /// <summary>An attempt of a task that asks people.</summary>
    public Task<AttemptResult> DoAsync(string input, FakeJournal journal) =>
        Actions[0].Executor.ExecuteAsync(Attempts.Of(Action, input) with { Journal = journal }, CancellationToken.None).WaitAsync(Patience, CancellationToken.None);

    /// <summary>The process id of an idle process, found by asking it.</summary>
    public async Task<int> PidAsync() => (await DoAsync("""{"do":"echo"}""")).ShouldSucceed().GetProperty("pid").GetInt32();

    public Task StopAsync() => _provider.StopAsync();

    public static bool IsAlive(int pid) => File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _provider.StopAsync().WaitAsync(Patience);
        Meters.Dispose();
        Folder.Dispose();
    }
}
