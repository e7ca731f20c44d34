using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Dashboard.Assets;

internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder routes, string prefix) => routes
        .MapGet(prefix + "/{version}/{**path}", IResult (string version, string? path, HttpContext http, AssetBundle bundle) =>
        {
            if (path is null || bundle.Find(path) is not { } asset)
            {
                return new ProblemResult(new Problem(ProblemTypes.ForStatus(StatusCodes.Status404NotFound), "There is no such file."));
            }

            // A page of before an upgrade may ask a gateway of after it; it gets what there is, and is not to keep it.
            http.Response.Headers.CacheControl = version == bundle.Version ? "public, max-age=31536000, immutable" : "no-store";
            return TypedResults.Bytes(asset.Content, asset.ContentType);
        })
        .ExcludeFromDescription();
}
