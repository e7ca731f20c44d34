using Microsoft.AspNetCore.Routing.Patterns;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Api;

namespace Orchestrator.Gateway.Auditing;

/// <summary>
/// What a change is made to, as its path names it: of <c>/runs/{id}/steps/{step}/retry</c> the kind is <c>runs</c>, the id
/// <c>{id}/steps/{step}</c>.
/// </summary>
/// <param name="Workspace">The workspace that it belongs to; null where that is none, or not known.</param>
internal sealed record AuditTarget(string Kind, string? Id, string? Workspace)
{
    /// <summary>Ids that exist are much shorter; what callers send in their place need not be kept whole.</summary>
    private const int MaxIdLength = 300;

    /// <summary>What the path of a request names.</summary>
    public static AuditTarget Of(HttpContext http)
    {
        var segments = ((RouteEndpoint)http.GetEndpoint()!).RoutePattern.PathSegments.Skip(ApiRoutes.Prefix.Count('/')).ToList();
        var last = segments.FindLastIndex(static segment => segment.Parts[0].IsParameter);
        var id = string.Join('/', segments.Skip(1).Take(last).Select(segment => Read(http, segment)));
        return new AuditTarget(Read(http, segments[0]), id.Length == 0 ? null : Clip(id), Clip(http.GetRouteValue("ws") as string));
    }

    private static string Read(HttpContext http, RoutePatternPathSegment segment) => segment.Parts[0] switch
    {
        RoutePatternParameterPart parameter => http.GetRouteValue(parameter.Name) as string ?? "",
        RoutePatternLiteralPart literal => literal.Content,
        _ => "",
    };

    private static string? Clip(string? text) => text is null
        ? null
        : TaskError.Clip(text.Length <= MaxIdLength ? text : text[..(char.IsHighSurrogate(text[MaxIdLength - 1]) ? MaxIdLength - 1 : MaxIdLength)]);
}
