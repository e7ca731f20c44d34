namespace Orchestrator.Workers.Validators;

/// <summary>Checks that may take long wait here for a place, so that those made to be slow leave processors to everything else.</summary>
internal static class CheckPlaces
{
    private static readonly SemaphoreSlim Places = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Checks once there is a place to; null when none came free in time.</summary>
    /// <param name="patience">How long a place is waited for.</param>
    public static async Task<T?> CheckAsync<T>(Func<T> check, TimeSpan patience, CancellationToken cancellationToken)
        where T : class
    {
        if (!await Places.WaitAsync(patience, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            return check();
        }
        finally
        {
            Places.Release();
        }
    }
}
