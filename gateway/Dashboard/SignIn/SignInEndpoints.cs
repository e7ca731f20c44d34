using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Dashboard.Layout;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Keys;

namespace Orchestrator.Gateway.Dashboard.SignIn;

/// <summary>Opens a session with a key, and ends it.</summary>
internal static class SignInEndpoints
{
    public const string SignIn = "signin";
    public const string SignOut = "signout";

    private const int MaxPlaceLength = 2_000;

    /// <summary>These need no caller: they make one.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder pages)
    {
        pages.MapGet($"/{SignIn}", ShowAsync);
        pages.MapPost($"/{SignIn}", OpenAsync).WithMetadata(new BodyLimit(BodyLimit.Small));
        pages.MapPost($"/{SignOut}", EndAsync).WithMetadata(new BodyLimit(BodyLimit.Small));
    }

    /// <summary>Where whoever is not signed in is sent from a page, and comes back to it.</summary>
    public static string AddressFrom(HttpContext http)
    {
        var page = new PageContext { Http = http };
        return $"{page.Base}{SignIn}{QueryString.Create("to", new PathString($"/{page.Path}").ToUriComponent()[1..] + http.Request.QueryString)}";
    }

    private static async Task<IResult> ShowAsync(HttpContext http, PageContext page, KeyDirectory keys)
    {
        var to = PlaceOf(http.Request.Query["to"].ToString());
        var isBack = http.Request.Query.ContainsKey("opened");
        if (SessionCookie.Read(http) is { } session && await keys.FindAsync(session, http.RequestAborted) is { IsSession: true })
        {
            return new SeeOther($"./{to}");
        }

        return Page(http, page, to, isBack ? "The browser has kept no cookie: it keeps one over https, or from this machine, only." : null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> OpenAsync(HttpContext http, PageContext page, OwnPage own, KeyDirectory keys, IKeyStore store, IOptions<KeyOptions> options)
    {
        // A page of elsewhere could sign its reader in under another's key, and see what they do there.
        own.Require(http, mustSay: true);
        var form = await ReadFormAsync(http);
        var to = PlaceOf(form["to"].ToString());
        if (KeyText.Parse(form["key"].ToString().Trim()) is not { } key || await keys.FindAsync(key, http.RequestAborted) is not { IsSession: false } credential)
        {
            return Page(http, page, to, "This key is not valid: it was never given out, has expired, or was revoked.", StatusCodes.Status401Unauthorized);
        }

        if (credential.IsBootstrap)
        {
            return Page(http, page, to, "A bootstrap token creates the first key, and nothing else: orc key create NAME --verb admin --key TOKEN", StatusCodes.Status403Forbidden);
        }

        var session = KeySecret.New();
        var life = TimeSpan.FromHours(options.Value.SessionHours);
        if (!await store.OpenSessionAsync(session.Id, session.Hash(), credential.KeyId, life, http.RequestAborted))
        {
            return Page(http, page, to, "This key has just been revoked.", StatusCodes.Status401Unauthorized);
        }

        SessionCookie.Write(http, session, life);
        return new SeeOther($"{SignIn}{QueryString.Create([KeyValuePair.Create("to", (string?)to), KeyValuePair.Create("opened", (string?)"1")])}");
    }

    private static async Task<IResult> EndAsync(HttpContext http, OwnPage own, KeyDirectory keys, IKeyStore store)
    {
        own.Require(http, mustSay: true);
        var form = await ReadFormAsync(http);
        if (!Antiforgery.Matches(http, form[Antiforgery.Field].ToString()))
        {
            throw Antiforgery.Refuse();
        }

        if (SessionCookie.Read(http) is { } session && await keys.FindAsync(session, http.RequestAborted) is { IsSession: true } credential)
        {
            await store.EndSessionAsync(credential.Id, http.RequestAborted);
            await keys.ForgetAsync(http, http.RequestAborted);
        }

        SessionCookie.Delete(http);
        return new SeeOther(SignIn);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ProblemException(new Problem(ProblemTypes.UnsupportedMediaType, "The body must be a form."));
        }

        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException)
        {
            throw new ProblemException(new Problem(ProblemTypes.BadRequest, exception.Message));
        }
    }

    private static RazorComponentResult<SignInPage> Page(HttpContext http, PageContext page, string to, string? message, int status)
    {
        page.Http = http;
        return new RazorComponentResult<SignInPage>(new { To = to, Message = message }) { PreventStreamingRendering = true, StatusCode = status };
    }

    /// <summary>Relative to the sign-in page, so it cannot lead out of this host.</summary>
    private static string PlaceOf(string to) => to.Length <= MaxPlaceLength && to.All(static character => character is > ' ' and < (char)0x7f) ? to : "";
}
