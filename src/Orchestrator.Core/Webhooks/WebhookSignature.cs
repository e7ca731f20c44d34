using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Core.Webhooks;

/// <summary>What tells a receiver that a request is from us and not an old one: <c>t={unix seconds},v1={HMAC-SHA256 of "t.body"}</c>.</summary>
public static class WebhookSignature
{
    public static string Of(ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hmac.AppendData(body);
        return $"t={time},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
