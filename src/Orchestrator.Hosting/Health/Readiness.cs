using Microsoft.Extensions.Hosting;
using Orchestrator.Runtime.Draining;
using Orchestrator.Storage;

namespace Orchestrator.Hosting.Health;

/// <summary>Whether this process should get traffic: the store answers with a current schema, and nothing drains or stops.</summary>
public sealed class Readiness(IStore store, DrainState drain, IHostApplicationLifetime lifetime)
{
    public const string Ready = "ready";
    public const string Draining = "draining";
    public const string Unavailable = "unavailable";

    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        if (drain.IsDraining || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return new HealthReport(Draining);
        }

        try
        {
            await store.CheckReadyAsync(cancellationToken).ConfigureAwait(false);
            return new HealthReport(Ready);
        }
        catch (StoreUnavailableException)
        {
            // Why it is away is in the log; who probes needs only the answer.
            return new HealthReport(Unavailable);
        }
    }
}
