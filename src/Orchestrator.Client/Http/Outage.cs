namespace Orchestrator.Client.Http;

/// <summary>How long something that goes on over restarts of the gateway has met nothing but failure.</summary>
internal sealed class Outage(OrchestratorClientOptions options)
{
    private long? _since;
    private int _failures;

    /// <summary>It works again.</summary>
    public void End()
    {
        _since = null;
        _failures = 0;
    }

    /// <summary>Waits before the next try.</summary>
    /// <param name="cause">What failed; it is thrown when patience is at its end. Null for an answer that merely came to nothing.</param>
    public async Task PauseAsync(OrchestratorException? cause, CancellationToken cancellationToken)
    {
        if (cause is null)
        {
            _since = null;
        }
        else if (options.TimeProvider.GetElapsedTime(_since ??= options.TimeProvider.GetTimestamp()) > options.Patience)
        {
            throw cause;
        }

        _failures++;
        await Task.Delay(Backoff.Delay(options.Retry, _failures, cause?.RetryAfter), options.TimeProvider, cancellationToken).ConfigureAwait(false);
    }
}
