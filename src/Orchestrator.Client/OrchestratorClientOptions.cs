namespace Orchestrator.Client;

/// <summary>How a client reaches the API, and how patient it is.</summary>
public sealed class OrchestratorClientOptions
{
    public static readonly Uri DefaultBaseAddress = new("http://127.0.0.1:8080");
    public static readonly TimeSpan DefaultRequestTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(5);

    /// <summary>Where the gateway is, without <c>/api/v1</c>; a path before it is kept. Default: <c>http://127.0.0.1:8080</c>.</summary>
    public Uri BaseAddress { get; set; } = DefaultBaseAddress;

    /// <summary>Sent as <c>Authorization: Bearer</c>; null for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How long one answer may take, beyond what it was asked to wait for. Default: 30 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = DefaultRequestTimeout;

    /// <summary>How often a request is sent again.</summary>
    public RequestRetryOptions Retry { get; set; } = new();

    /// <summary>For how long a wait for a task's end, or a stream of its events, outlives a gateway that cannot be reached. Default: 5 minutes.</summary>
    public TimeSpan Patience { get; set; } = DefaultPatience;

    /// <summary>Told before a request is sent again.</summary>
    public Action<RequestRetry>? OnRetry { get; set; }

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal void Check()
    {
        if (!BaseAddress.IsAbsoluteUri || BaseAddress.Scheme is not ("http" or "https") || BaseAddress.Query.Length > 0 || BaseAddress.Fragment.Length > 0)
        {
            throw new ArgumentException($"{nameof(BaseAddress)} must be an http or https address without a query and a fragment.");
        }

        Positive(RequestTimeout, nameof(RequestTimeout));
        Positive(Patience, nameof(Patience));
        Retry.Check();
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero)
        {
            throw new ArgumentException($"{name} must be longer than nothing.");
        }
    }
}
