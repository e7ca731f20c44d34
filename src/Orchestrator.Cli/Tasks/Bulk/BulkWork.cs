using System.Globalization;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks.Bulk;

/// <summary>Counts first, and does it only when it is meant.</summary>
internal static class BulkWork
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="verb">What is done to the tasks, for a sentence.</param>
    /// <param name="target">Where a move goes.</param>
    public static async Task<int> RunAsync(ApiCall call, BulkOptions options, string operation, string verb, string? target = null)
    {
        var request = new BulkRequest { Operation = operation, Filter = options.Read(call), Workspace = target };
        if (options.IsDryRun(call) || !options.IsMeant(call))
        {
            var counted = await call.Client.Bulk.StartAsync(request with { DryRun = true }, call.Interrupted);
            if (options.IsDryRun(call))
            {
                return call.Show(counted);
            }

            await Confirmation.RequireAsync(isGiven: false, $"{Texts.Counted(counted.Matched, "task")} of {request.Filter.Workspace} {(counted.Matched == 1 ? "fits" : "fit")} and would be {verb}.", call.Interrupted);
        }

        var begun = await call.Client.Bulk.StartAsync(request, call.Interrupted);
        return options.Waits(call) ? await WaitAsync(call, begun) : call.Show(begun);
    }

    private static async Task<int> WaitAsync(ApiCall call, BulkResponse operation)
    {
        while (operation.Status == "running")
        {
            Notices.Progress(string.Create(CultureInfo.InvariantCulture, $"{operation.Done + operation.Skipped} of {operation.Matched}"));
            await Task.Delay(Pause, TimeProvider.System, call.Interrupted);
            operation = await call.Client.Bulk.GetAsync(operation.Id, call.Interrupted);
        }

        call.Printer.One(operation);
        foreach (var error in operation.Errors)
        {
            Notices.Tell($"Task {error.TaskId} was left alone: {error.Message}");
        }

        return operation.Skipped == 0 ? CliExitCodes.Success : CliExitCodes.Failure;
    }
}
