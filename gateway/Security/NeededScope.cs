using Orchestrator.Core.Keys;

namespace Orchestrator.Gateway.Security;

/// <summary>What a caller's key must allow for an endpoint.</summary>
/// <param name="Verb">Null for any key.</param>
/// <param name="OfCluster">It concerns all workspaces, so the key must be for all of them.</param>
internal sealed record NeededScope(KeyVerb? Verb, bool OfCluster = false)
{
    private static readonly NeededScope Read = new(KeyVerb.Read);
    private static readonly NeededScope Most = new(KeyVerb.Admin, OfCluster: true);

    /// <summary>For what asks again, for each thing that it is to do.</summary>
    public static NeededScope AnyKey { get; } = new((KeyVerb?)null);

    /// <summary>What an endpoint declares. Where it declares nothing, reading needs <c>read</c>, and anything else the most there is.</summary>
    public static NeededScope Of(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<NeededScope>() ?? (HttpMethods.IsGet(http.Request.Method) ? Read : Most);
}
