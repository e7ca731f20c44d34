using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Orchestrator.Gateway.Security;

namespace Orchestrator.Gateway.Api.Calls;

/// <summary>
/// Carries requests of the API out within this process, through the same pipeline as those that come from outside: whatever
/// holds for the API holds for tools, because it is the API that answers.
/// </summary>
internal sealed class ApiCalls(IServiceScopeFactory scopes)
{
    private RequestDelegate? _pipeline;

    /// <summary>Names the pipeline; called once, when the application is put together.</summary>
    public void UsePipeline(RequestDelegate pipeline) => _pipeline = pipeline;

    /// <param name="caller">On whose behalf.</param>
    public async Task<ApiAnswer> SendAsync(HttpContext caller, ApiRequest request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var answer = new MemoryStream();
        var http = Create(caller, request, answer);
        http.RequestServices = scope.ServiceProvider;
        http.RequestAborted = cancellationToken;
        await _pipeline!(http);
        await http.Response.CompleteAsync();
        return new ApiAnswer(http.Response.StatusCode, answer.ToArray(), http.Response.Headers.RetryAfter.ToString() is { Length: > 0 } wait ? wait : null);
    }

    private static DefaultHttpContext Create(HttpContext caller, ApiRequest request, Stream answer)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set(caller.Features.Get<IHttpConnectionFeature>());
        features.Set(caller.Features.Get<CallerContext>());
        var http = new DefaultHttpContext(features) { TraceIdentifier = caller.TraceIdentifier };
        http.Request.Protocol = caller.Request.Protocol;
        http.Request.Scheme = caller.Request.Scheme;
        http.Request.Host = caller.Request.Host;
        http.Request.Method = request.Method;
        http.Request.Path = ApiRoutes.Prefix + request.Path;
        http.Request.QueryString = new QueryString(request.Query);
        http.Request.Headers.Accept = "application/json";
        foreach (var (name, value) in request.Headers)
        {
            http.Request.Headers[name] = value;
        }

        if (request.Body is { } body)
        {
            http.Request.Body = new MemoryStream(body.ToArray(), writable: false);
            http.Request.Headers.ContentType = "application/json";
            http.Request.Headers[HeaderNames.ContentLength] = body.Length.ToString(CultureInfo.InvariantCulture);
        }

        return http;
    }
}
