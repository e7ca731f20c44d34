using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Requests;

/// <summary>Takes a body into memory within the endpoint's limit. The buffer grows with what arrives, not with what was announced.</summary>
internal static class BodyReader
{
    /// <summary>
    /// How much of a body beyond its limit is taken and dropped before it is refused: a connection that is closed while its client still sends is
    /// reset, and the answer may be lost with it. Who sends more is cut off.
    /// </summary>
    public const long MaxDropped = 16 * 1024 * 1024;

    private const int FirstBuffer = 16 * 1024;

    public static void RequireJson(HttpRequest request) => RequireUtf8<bool>(request, static type => IsJson(type) ? true : null, "application/json");

    public static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    /// <summary>What <paramref name="take"/> makes of the body's media type, which must be one that it takes, in UTF-8 and not encoded beyond that.</summary>
    /// <param name="expected">The media types that are taken, in words.</param>
    public static T RequireUtf8<T>(HttpRequest request, Func<MediaTypeHeaderValue, T?> take, string expected)
        where T : struct
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || take(type) is not { } taken
            || !(type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProblemException(new Problem(ProblemTypes.UnsupportedMediaType, $"Send the body as {expected} in UTF-8.")
                .At("/Content-Type", $"must be {expected}, in UTF-8."));
        }

        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(new Problem(ProblemTypes.UnsupportedMediaType, "Send the body without a content encoding.")
                .At("/Content-Encoding", "must be identity, or stay away."));
        }

        return taken;
    }

    /// <summary>The rented buffer, which the caller returns, and how much of it is the body.</summary>
    public static async Task<(byte[] Buffer, int Length)> ReadAsync(HttpContext http)
    {
        var limit = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? BodyLimit.Small;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = limit + MaxDropped;
        }

        if (http.Request.ContentLength > limit)
        {
            // Who asks before sending is told before sending.
            if (http.Request.Headers.Expect.Count == 0 && http.Request.ContentLength <= limit + MaxDropped)
            {
                await DropRestAsync(http);
            }

            throw TooLarge(limit);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        var length = 0;
        try
        {
            int read;
            while ((read = await http.Request.Body.ReadAsync(buffer.AsMemory(length), http.RequestAborted)) > 0)
            {
                length += read;
                if (length > limit)
                {
                    await DropRestAsync(http);
                    throw TooLarge(limit);
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }

            return (buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static async Task DropRestAsync(HttpContext http)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            for (long dropped = 0, read = 1; read > 0 && dropped < MaxDropped; dropped += read)
            {
                read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    private static ProblemException TooLarge(long limit) =>
        new(new Problem(ProblemTypes.TooLarge, $"The body may have {limit:N0} bytes.").At(JsonPointer.Root, $"is larger than {limit:N0} bytes."));
}
