using Orchestrator.Cli.Calls;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks;

/// <summary>Waiting for a task, and what its end means for the exit code.</summary>
internal static class TaskEnds
{
    /// <summary>The task once it has ended.</summary>
    /// <param name="timeout">Null for as long as it takes.</param>
    /// <exception cref="CliException">It had not ended in time.</exception>
    public static Task<TaskResponse> WaitAsync(this ApiCall call, Guid id, TimeSpan? timeout) =>
        call.WithinAsync($"Task {id}", $"orc task wait {id}", timeout, token => call.Client.Tasks.WaitForEndAsync(id, token));

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
}
