namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Holds one answer back until a test lets it through.</summary>
public sealed class HoldingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _armed;

    /// <summary>Once the answer is there, and held.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Holds the answer to the next request.</summary>
    public void Hold() => Volatile.Write(ref _armed, 1);

    public void Release() => _released.TrySetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var held = Interlocked.Exchange(ref _armed, 0) == 1;
        var response = await base.SendAsync(request, cancellationToken);
        if (held)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            _answered.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
        }

        return response;
    }
}
