using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Orchestrator.Hosting.Export;

/// <summary>Says of the spans of requests what was asked for and answered, by OpenTelemetry's conventions for HTTP. Queries and tokens of leases stay out: they are secrets, or may be.</summary>
internal sealed class RequestTags : IStartupFilter
{
    /// <summary>The part of a route that nobody but a worker knows.</summary>
    private const string Token = "token";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(TellAsync);
        next(app);
    };

    private static async Task TellAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } activity)
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        activity.SetTag("http.request.method", http.Request.Method);
        activity.SetTag("url.path", http.Request.PathBase.Add(http.Request.Path).Value);
        try
        {
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            Tell(activity, http);
        }
    }

    private static void Tell(Activity activity, HttpContext http)
    {
        activity.SetTag("http.response.status_code", http.Response.StatusCode);
        if ((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            activity.SetTag("http.route", route);
            activity.DisplayName = $"{http.Request.Method} {route}";
            if (http.Request.RouteValues.ContainsKey(Token))
            {
                activity.SetTag("url.path", route);
            }
        }

        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
