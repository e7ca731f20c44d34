using Orchestrator.Contracts.Json;

namespace Orchestrator.Client.Http;

/// <summary>A request as it is sent, however often.</summary>
/// <param name="Path">From <paramref name="Prefix"/> on, escaped, with its query.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, string Prefix)
{
    public const string ApiPrefix = "/api/v1";

    public const string Json = "application/json";

    /// <summary>In UTF-8; null for none.</summary>
    public byte[]? Body { get; init; }

    public string MediaType { get; init; } = Json;

    /// <summary>What the server was asked to wait for, and so does not count against the time limit.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Beyond those that every request has.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether it may be done twice, or is known to be done once however often it is sent.</summary>
    public bool IsRepeatable { get; init; } = true;

    public static ApiRequest Get(string path, string prefix = ApiPrefix) => new(HttpMethod.Get, path, prefix);

    public static ApiRequest Put<T>(string path, T body) => new(HttpMethod.Put, path, ApiPrefix) { Body = WireJson.Write(body) };

    public static ApiRequest Patch<T>(string path, T body) => new(HttpMethod.Patch, path, ApiPrefix) { Body = WireJson.Write(body) };

    public static ApiRequest Delete(string path) => new(HttpMethod.Delete, path, ApiPrefix);

    /// <summary>Something that is as it should be however often it is asked for.</summary>
    public static ApiRequest Post(string path) => new(HttpMethod.Post, path, ApiPrefix);

    /// <summary>Something that is as it should be however often it is asked for.</summary>
    public static ApiRequest Post<T>(string path, T body) => Post(path) with { Body = WireJson.Write(body) };

    /// <summary>Something that would be there twice if it were done twice.</summary>
    public static ApiRequest Create<T>(string path, T body) => Post(path, body) with { IsRepeatable = false };

    /// <summary>Something that the server does once for each key.</summary>
    /// <param name="wait">How long to wait for a task's end; null where there is none to wait for.</param>
    public static ApiRequest Submit<T>(string path, T? body, string? key, TimeSpan? wait = null)
        where T : class =>
        SubmitBytes(path, body is null ? null : WireJson.Write(body), key, wait);

    /// <summary>The same of a body that is JSON already.</summary>
    public static ApiRequest Submit(string path, RawJson body, string? key, TimeSpan? wait = null) => SubmitBytes(path, WireJson.Write(body), key, wait);

    /// <summary>As long as one request may wait at most: a minute.</summary>
    public static int WholeSeconds(TimeSpan wait) => (int)Math.Ceiling(Math.Clamp(wait.TotalSeconds, 0, 60));

    private static ApiRequest SubmitBytes(string path, byte[]? body, string? key, TimeSpan? wait)
    {
        var headers = new List<(string, string)> { ("Idempotency-Key", key ?? Guid.NewGuid().ToString("N")) };
        var seconds = WholeSeconds(wait ?? TimeSpan.Zero);
        if (wait is not null)
        {
            headers.Add(("Prefer", $"wait={seconds}"));
        }

        return Post(path) with
        {
            Body = body,
            Headers = headers,
            Wait = TimeSpan.FromSeconds(seconds),
        };
    }
}
