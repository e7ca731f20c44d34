using System.Buffers;
using System.Text.Json;

namespace Orchestrator.Gateway.Requests;

/// <summary>A request's body, checked as JSON as a whole: UTF-8, syntax, depth, no duplicate members, no text that a store cannot hold.</summary>
internal sealed class JsonBody : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _length;
    private readonly JsonDocument _document;

    private JsonBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
        _document = JsonChecker.Parse(buffer.AsMemory(0, length));
    }

    public JsonElement Root => _document.RootElement;

    /// <summary>The body as it was sent.</summary>
    public ReadOnlySpan<byte> Utf8 => _buffer.AsSpan(0, _length);

    /// <summary>Reads a body that must be there.</summary>
    public static async Task<JsonBody> ReadAsync(HttpContext http)
    {
        BodyReader.RequireJson(http.Request);
        var (buffer, length) = await BodyReader.ReadAsync(http);
        return Create(buffer, length);
    }

    /// <summary>Reads a body that may be left out; null when it is.</summary>
    public static async Task<JsonBody?> ReadOptionalAsync(HttpContext http)
    {
        if (http.Request.ContentType is not null)
        {
            BodyReader.RequireJson(http.Request);
        }

        var (buffer, length) = await BodyReader.ReadAsync(http);
        if (length == 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return null;
        }

        return Create(buffer, length);
    }

    public void Dispose()
    {
        _document.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private static JsonBody Create(byte[] buffer, int length)
    {
        try
        {
            return new JsonBody(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }
}
