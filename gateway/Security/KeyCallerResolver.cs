using System.Net.Http.Headers;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Security;

/// <summary>Tells who calls by the key in <c>Authorization: Bearer</c>, or by the session of a browser; where no keys are asked for, none is looked at.</summary>
internal sealed class KeyCallerResolver(KeyDirectory keys, KeyPolicy policy, OwnPage page) : ICallerResolver
{
    public async ValueTask<CallerContext> ResolveAsync(HttpContext http)
    {
        if (!await policy.AsksAsync(http.RequestAborted))
        {
            return CallerContext.Everyone;
        }

        if (Read(http) is { } key)
        {
            return await keys.FindAsync(key, http.RequestAborted) is { IsSession: false } credential
                ? CallerContext.Of(credential)
                : throw Refuse("The key is not valid: it was never given out, has expired, or was revoked.");
        }

        if (SessionCookie.Read(http) is { } session && await keys.FindAsync(session, http.RequestAborted) is { IsSession: true } opened)
        {
            page.Require(http, mustSay: false);
            Antiforgery.Check(http);
            return CallerContext.Of(opened);
        }

        throw Refuse("Send a key in the header Authorization: Bearer.");
    }

    private static KeyText? Read(HttpContext http)
    {
        if (http.Request.Headers.Authorization.ToString() is not { Length: > 0 } header)
        {
            return null;
        }

        return AuthenticationHeaderValue.TryParse(header, out var parsed)
            && parsed.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            && KeyText.Parse(parsed.Parameter ?? "") is { } key
            ? key
            : throw Refuse("The header Authorization must be: Bearer, a space, and a key.");
    }

    private static ProblemException Refuse(string detail) => new(new Problem(ProblemTypes.Unauthorized, detail));
}
