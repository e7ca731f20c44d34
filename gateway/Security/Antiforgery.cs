using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Security;

/// <summary>
/// What a page of the dashboard sends along to show that it is one: derived from the session, so that there is nothing to keep, and of no use
/// for anything else.
/// </summary>
internal static class Antiforgery
{
    public const string Header = "X-Orchestrator-Antiforgery";
    public const string Field = "antiforgery";

    private static readonly byte[] Purpose = "antiforgery"u8.ToArray();

    /// <summary>The token of the session that a request carries; null when it carries none.</summary>
    public static string? TokenOf(HttpContext http) => SessionCookie.Read(http) is { } session ? TokenOf(session) : null;

    /// <summary>Refuses a request that changes something in the name of a session without its token.</summary>
    public static void Check(HttpContext http)
    {
        var method = http.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsConnect(method) && !Matches(http, http.Request.Headers[Header].ToString()))
        {
            throw Refuse();
        }
    }

    public static bool Matches(HttpContext http, string token) =>
        TokenOf(http) is { } expected && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(expected));

    public static ProblemException Refuse() =>
        new(new Problem(ProblemTypes.MissingScope, $"A request of a session needs the token of its pages in {Header}.").At($"/{Header}", "is missing, or is not the session's."));

    private static string TokenOf(KeyText session) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(session.Secret), Purpose));
}
