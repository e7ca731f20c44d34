namespace Orchestrator.Cli.Doctors;

/// <summary>Compares the gateway's clock, as its answers tell it, with this machine's.</summary>
internal sealed class ClockWatch(TimeProvider time) : DelegatingHandler(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), AllowAutoRedirect = false })
{
    /// <summary>How far this machine is ahead, to a second or so; null when no answer told a time.</summary>
    public TimeSpan? Ahead { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow();
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.Date is { } theirs)
        {
            // The header has whole seconds, rounded down; the answer was made between before and now.
            var middle = before + ((time.GetUtcNow() - before) / 2);
            Ahead = middle - theirs - TimeSpan.FromSeconds(0.5);
        }

        return response;
    }
}
