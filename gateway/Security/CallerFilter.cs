using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Security;

/// <summary>
/// Resolves the caller of a request, hides the workspaces in paths that it may not see, refuses what its key does not allow, and ends the
/// request when the key does.
/// </summary>
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

        if (http.GetRouteValue("ws") is string workspace)
        {
            caller.RequireWorkspace(workspace);
        }

        Check(caller, NeededScope.Of(http), http);
        if (caller.Credential is null)
        {
            return await next(context);
        }

        using (keys.Watch(caller.Credential, http))
        {
            return await next(context);
        }
    }

    private static void Check(CallerContext caller, NeededScope needed, HttpContext http)
    {
        if (caller.Credential?.IsBootstrap == true && http.GetEndpoint()?.Metadata.GetMetadata<ForBootstrap>() is null)
        {
            throw Refuse("A bootstrap token creates the first key, and nothing else.");
        }

        if (needed.Verb is { } verb && !caller.Scope.Allows(verb))
        {
            throw Refuse($"This needs a key with the verb '{verb.ToName()}'; '{caller.Name}' has {string.Join(", ", caller.Scope.Verbs.Select(KeyVerbNames.ToName))}.");
        }

        if (needed.OfCluster && !caller.SeesAll)
        {
            throw Refuse($"This concerns all workspaces; '{caller.Name}' is for {string.Join(", ", caller.Workspaces!)}.");
        }
    }

    private static ProblemException Refuse(string detail) => new(new Problem(ProblemTypes.MissingScope, detail));
}
