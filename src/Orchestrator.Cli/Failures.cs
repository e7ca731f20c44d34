using Orchestrator.Cli.Output;
using Orchestrator.Client;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Storage;

namespace Orchestrator.Cli;

/// <summary>What ends a command early, as an exit code and in words: one line, and below it a line for each offending field.</summary>
internal static class Failures
{
    /// <summary>Runs what a command does, and tells what ends it early.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> run, CancellationToken interrupted)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException exception) when (interrupted.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(exception is InterruptedException ? VisibleText.Of(exception.Message) : "Interrupted.");
            return CliExitCodes.Interrupted;
        }
        catch (Exception exception)
        {
            var (code, lines) = Explain(exception);
            foreach (var line in lines)
            {
                await Console.Error.WriteLineAsync(line);
            }

            return code;
        }
    }

    /// <summary>The exit code for a refusal of the API.</summary>
    public static int CodeOf(OrchestratorException refusal) => refusal.Status switch
    {
        null or < 400 or 502 or 503 or 504 => CliExitCodes.Unavailable,
        401 or 403 => CliExitCodes.Denied,
        404 => CliExitCodes.NotFound,
        409 => CliExitCodes.Conflict,
        429 => CliExitCodes.TryLater,
        >= 400 and < 500 => CliExitCodes.Invalid,
        _ => CliExitCodes.Failure,
    };

    private static (int Code, IEnumerable<string> Lines) Explain(Exception exception) => exception switch
    {
        CliException ended => (ended.ExitCode, [VisibleText.Lines(ended.Message)]),
        OrchestratorException refusal => (CodeOf(refusal), Tell(refusal)),
        StoreInUseException => (CliExitCodes.TryLater, [VisibleText.Lines(exception.Message)]),
        StoreUnavailableException => (CliExitCodes.Unavailable, [VisibleText.Lines(exception.Message)]),
        ConfigurationException => (CliExitCodes.Configuration, [VisibleText.Lines(exception.Message)]),
        _ => (CliExitCodes.Defect, [$"This is a defect of orc: {exception}"]),
    };

    private static IEnumerable<string> Tell(OrchestratorException refusal)
    {
        var line = refusal switch
        {
            { Title: null, Status: 401 } => "The gateway asks for a key: give --key or ORCHESTRATOR_KEY.",
            { Title: null, Status: null } => $"{refusal.Message} Is a gateway running there? --url or ORCHESTRATOR_URL says where.",
            { Title: null, Status: < 400 } => $"What answers there is no gateway: {refusal.Message} --url or ORCHESTRATOR_URL says where one is.",
            { Title: null } => refusal.Message,
            { Status: >= 500 } => $"{refusal.Title} {refusal.Detail}".TrimEnd() + $" (trace {refusal.TraceId})",
            // What is refused says itself what its title says in general.
            _ => refusal.Detail ?? refusal.Title,
        };
        yield return VisibleText.Of(line);
        foreach (var (pointer, mistakes) in refusal.Errors)
        {
            foreach (var mistake in mistakes)
            {
                yield return VisibleText.Of($"  {(pointer.Length == 0 ? "the body" : pointer)} {mistake}");
            }
        }
    }
}
