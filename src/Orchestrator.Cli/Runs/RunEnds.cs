using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Client.Runs;
using Orchestrator.Contracts.Runs;

namespace Orchestrator.Cli.Runs;

/// <summary>Showing runs, waiting for them, and what their end means for the exit code.</summary>
internal static class RunEnds
{
    private static readonly IReadOnlyList<Column<RunStepResponse>> Steps =
    [
        new("STEP", step => step.Id, 40),
        new("STATUS", step => step.Compensation is { } undone ? $"{step.Status} (undoing: {undone})" : step.Status),
        new("ROUND", step => Texts.Of(step.Round)),
        new("ITEMS", step => step.Items is { } items ? Texts.Of(items.Where(item => item.Value > 0).Select(item => $"{item.Value} {item.Key}")) : null, 60),
        new("FINISHED", step => Texts.Of(step.FinishedAt)),
        new("ASKS", step => step.Question, 60),
        new("ERROR", step => step.Error is { } error ? $"{error.Code}: {error.Message}" : null, 80),
    ];

    /// <summary>The run, and its steps below it.</summary>
    public static int ShowRun(this ApiCall call, RunResponse run)
    {
        if (!call.Printer.IsTable)
        {
            return call.Show(run);
        }

        call.Printer.One(run with { Steps = null, Waiting = [] });
        if (run.Steps is { Count: > 0 } steps)
        {
            Console.WriteLine();
            call.Printer.Table(steps, Steps);
        }

        return CliExitCodes.Success;
    }

    public static async Task<int> ShowRunAsync(this ApiCall call, Task<RunResponse> run) => call.ShowRun(await run);

    /// <summary>A run that was started, or its end where that is waited for.</summary>
    public static async Task<int> ShowStartedAsync(this ApiCall call, StartedRun started, bool waits, TimeSpan? timeout)
    {
        var run = started.Run ?? throw new CliException(CliExitCodes.NotFound, $"The key made run {started.Id}, which is past its retention.");
        return waits ? await call.ShowEndAsync(run, timeout) : call.ShowRun(run);
    }

    public static async Task<int> ShowEndAsync(this ApiCall call, RunResponse run, TimeSpan? timeout)
    {
        if (!run.HasEnded())
        {
            Notices.Progress($"Waiting for run {run.Id}.");
            run = await call.WithinAsync($"Run {run.Id}", $"orc run wait {run.Id}", timeout, token => call.Client.Runs.WaitForEndAsync(run.Id, token));
        }

        call.ShowRun(run);
        return CodeOf(run);
    }

    /// <summary>Whether it completed; why not is told.</summary>
    public static int CodeOf(RunResponse run)
    {
        if (run.Status == RunStatuses.Completed)
        {
            return CliExitCodes.Success;
        }

        Notices.Tell(run.Error is { } error ? $"Run {run.Id} is {run.Status}: {error.Code}: {error.Message}" : $"Run {run.Id} is {run.Status}.");
        return CliExitCodes.Failure;
    }
}
