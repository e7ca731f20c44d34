using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Security;

/// <summary>Hides the workspaces in paths that the caller may not see, and refuses what its key does not allow.</summary>
internal sealed class ScopeFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var caller = http.Caller();
        if (http.GetRouteValue("ws") is string workspace)
        {
            caller.RequireWorkspace(workspace);
        }

        Check(caller, NeededScope.Of(http), http);
        return next(context);
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
