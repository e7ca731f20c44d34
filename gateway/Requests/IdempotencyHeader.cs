using System.Security.Cryptography;
using System.Text;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Gateway.Requests;

/// <summary><c>Idempotency-Key</c>: 1 to 255 visible ASCII characters, tied to the route and to the body byte for byte.</summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";
    public const int MaxLength = 255;

    /// <summary>The key with the digest of the request; null when the request has none.</summary>
    public static IdempotencyKey? Read(HttpContext http, ReadOnlySpan<byte> body, FieldErrors errors)
    {
        var values = http.Request.Headers[Name];
        if (values.Count == 0)
        {
            return null;
        }

        var key = values.Count == 1 ? values[0]! : "";
        if (key.Length is 0 or > MaxLength || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            errors.Malformed($"/{Name}", $"must be one header of 1 to {MaxLength} visible ASCII characters.");
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"));
        hash.AppendData(body);
        return new IdempotencyKey(key, hash.GetHashAndReset());
    }
}
