using Orchestrator.Cli.Calls;
using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks;

/// <summary>Waiting for a task, and what its end means for the exit code.</summary>
internal static class TaskEnds
{
    /// <summary>The task once it has ended.</summary>
    /// <param name="timeout">Null for as long as it takes.</param>
    /// <exception cref="CliException">It had not ended in time.</exception>
    public static Task<TaskResponse> WaitAsync(this ApiCall call, TaskResponse task, TimeSpan? timeout) =>
        call.WithinAsync($"Task {task.Id}", $"orc task wait {task.Id}", timeout, async token =>
        {
            await call.TellUnservedAsync(task, token);
            return await call.Client.Tasks.WaitForEndAsync(task.Id, token);
        });

    /// <summary>Prints a task that was submitted; that nobody serves it is told.</summary>
    public static async Task<int> ShowSubmittedAsync(this ApiCall call, TaskResponse task)
    {
        call.Printer.One(task);
        await call.TellUnservedAsync(task, call.Interrupted);
        return CliExitCodes.Success;
    }

    /// <summary>Prints an ended task; the exit code says whether it completed.</summary>
    public static int ShowEnd(this ApiCall call, TaskResponse task)
    {
        call.Printer.One(task);
        return call.CodeOf(task);
    }

    /// <summary>Whether it completed; why not is told.</summary>
    public static int CodeOf(this ApiCall _, TaskResponse task)
    {
        if (task.Status == TaskStatuses.Completed)
        {
            return CliExitCodes.Success;
        }

        Notices.Tell(task.Error is { } error ? $"Task {task.Id} is {task.Status}: {error.Code}: {error.Message}" : $"Task {task.Id} is {task.Status}.");
        return CliExitCodes.Failure;
    }

    /// <summary>The task of a submission; one that is past its retention cannot be shown.</summary>
    public static TaskResponse Found(SubmittedTask submitted) => submitted.Task
        ?? throw new CliException(CliExitCodes.NotFound, $"The key made task {submitted.Id}, which is past its retention.");

    /// <summary>Tells that nobody serves a task that is ready; else it would be waited for in silence.</summary>
    private static async Task TellUnservedAsync(this ApiCall call, TaskResponse task, CancellationToken cancellationToken)
    {
        if (task.Status != TaskStatuses.Queued)
        {
            return;
        }

        try
        {
            var why = await call.Client.Tasks.ExplainAsync(task.Id, cancellationToken);
            foreach (var reason in why.Reasons.Where(reason => reason.Code is "unservable" or "missing_skill"))
            {
                Notices.Tell($"Task {task.Id} waits: {reason.Message}");
            }
        }
        catch (OrchestratorException refusal)
        {
            // The task is there all the same.
            Notices.Tell($"Whether somebody serves task {task.Id} is not known: {refusal.Message}");
        }
    }
}
