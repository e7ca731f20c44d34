using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Calls;

/// <summary>Waiting for what goes on without whoever waits.</summary>
internal static class Waiting
{
    /// <param name="what">What is waited for, as the beginning of a sentence.</param>
    /// <param name="again">The command that waits for it again.</param>
    /// <param name="timeout">Null for as long as it takes.</param>
    public static async Task<T> WithinAsync<T>(this ApiCall call, string what, string again, TimeSpan? timeout, Func<CancellationToken, Task<T>> wait)
    {
        using var limit = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Interrupted, limit.Token);
        try
        {
            return await wait(either.Token);
        }
        catch (OperationCanceledException) when (call.Interrupted.IsCancellationRequested)
        {
            throw new InterruptedException($"Interrupted. {what} goes on: {again}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new CliException(CliExitCodes.StillRunning, $"{what} has not ended within {Texts.Of(timeout!.Value)}, and goes on: {again}");
        }
    }
}
