using System.Net;
using System.Text;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Answers a client's requests one after the other as the test says; the last answer holds for all that follow.</summary>
public sealed class ScriptedHandler(params IReadOnlyList<Func<HttpResponseMessage>> answers) : HttpMessageHandler
{
    public List<(string Request, IReadOnlyDictionary<string, string> Headers, string Body)> Seen { get; } = [];

    public static Func<HttpResponseMessage> Status(HttpStatusCode status, string body = "{}", TimeSpan? retryAfter = null) => () =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        response.Headers.RetryAfter = retryAfter is { } wait ? new System.Net.Http.Headers.RetryConditionHeaderValue(wait) : null;
        return response;
    };

    public static Func<HttpResponseMessage> Fails(Exception failure) => () => throw failure;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Seen.Add(($"{request.Method} {request.RequestUri!.PathAndQuery}", request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value)), body));
        return answers[Math.Min(Seen.Count, answers.Count) - 1]();
    }
}
