using System.Globalization;

namespace Orchestrator.Gateway.Requests;

/// <summary>
/// <c>Prefer: wait=N</c> (RFC 7240). A preference is a wish: one that is not understood is ignored, one that is too long
/// is cut, and <c>Preference-Applied</c> tells what was done.
/// </summary>
internal static class PreferHeader
{
    /// <summary>How long the caller is ready to wait; null when it does not say.</summary>
    public static TimeSpan? Wait(HttpContext http)
    {
        foreach (var preference in http.Request.Headers["Prefer"].SelectMany(line => (line ?? "").Split([',', ';'])))
        {
            var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2
                && parts[0].Equals("wait", StringComparison.OrdinalIgnoreCase)
                && long.TryParse(parts[1].Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return Apply(http, (int)Math.Min(seconds, QueryParameters.MaxWaitSeconds));
            }
        }

        return null;
    }

    private static TimeSpan Apply(HttpContext http, int seconds)
    {
        http.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
        return TimeSpan.FromSeconds(seconds);
    }
}
