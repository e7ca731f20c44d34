namespace Orchestrator.Gateway.Security;

/// <summary>Resolves the caller of a request, and ends the request when the caller's key does.</summary>
internal sealed class CallerFilter(ICallerResolver resolver, KeyDirectory keys) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var caller = http.Features.Get<CallerContext>();
        if (caller is null)
        {
            caller = await resolver.ResolveAsync(http);
            http.Features.Set(caller);
        }

        if (caller.Credential is null)
        {
            return await next(context);
        }

        using (keys.Watch(caller.Credential, http))
        {
            return await next(context);
        }
    }
}
