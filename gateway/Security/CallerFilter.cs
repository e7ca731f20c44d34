namespace Orchestrator.Gateway.Security;

/// <summary>Resolves the caller of every request under /api/v1, and hides the workspaces in paths that it may not see.</summary>
internal sealed class CallerFilter(ICallerResolver resolver) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var caller = resolver.Resolve(http);
        http.Features.Set(caller);
        if (http.GetRouteValue("ws") is string workspace)
        {
            caller.RequireWorkspace(workspace);
        }

        return next(context);
    }
}
