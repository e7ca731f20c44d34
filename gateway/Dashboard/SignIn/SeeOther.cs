namespace Orchestrator.Gateway.Dashboard.SignIn;

/// <summary>Sends a browser on to a page, with GET.</summary>
/// <param name="location">Relative to the page that was asked for, so that it holds behind a proxy too.</param>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
