using System.Buffers.Text;
using System.Text;

namespace Orchestrator.Gateway.Requests;

/// <summary>Opaque places in lists: base64url of what the store continues after.</summary>
internal static class Cursor
{
    private const int MaxLength = 128;

    public static string Encode(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    public static string Encode(string name) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name));

    public static Guid? DecodeId(string cursor) =>
        Decode(cursor) is { Length: 16 } bytes ? new Guid(bytes, bigEndian: true) : null;

    public static string? DecodeName(string cursor) =>
        Decode(cursor) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static byte[]? Decode(string cursor) =>
        cursor.Length is > 0 and <= MaxLength && Base64Url.IsValid(cursor) ? Base64Url.DecodeFromChars(cursor) : null;
}
