using Orchestrator.Core.Keys;

namespace Orchestrator.Gateway.Security;

/// <summary>
/// The cookie that a browser holds while it is signed in. Its name has browsers take it over https or from this machine alone, and for this
/// host alone; no script reads it, and no request that another site makes on its own carries it.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "__Host-orchestrator";

    public static KeyText? Read(HttpContext http) => http.Request.Cookies.TryGetValue(Name, out var text) ? KeyText.Parse(text) : null;

    public static void Write(HttpContext http, KeyText session, TimeSpan life)
    {
        var options = Options();
        options.MaxAge = life;
        http.Response.Cookies.Append(Name, session.Reveal(), options);
    }

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, Options());

    private static CookieOptions Options() => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
