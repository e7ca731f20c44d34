using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Core.Failures;

/// <summary>Names failures that are the same: of a workspace, an action and a code, with messages of one <see cref="ErrorPattern"/>.</summary>
public static class ErrorFingerprint
{
    private const int Bytes = 8;

    /// <summary>Sixteen hexadecimal digits.</summary>
    public static string Of(long workspaceKey, string action, string code, string pattern)
    {
        // Neither actions nor codes hold a line feed.
        var text = $"{action}\n{code}\n{pattern}";
        var bytes = new byte[sizeof(long) + Encoding.UTF8.GetMaxByteCount(text.Length)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, workspaceKey);
        var length = sizeof(long) + Encoding.UTF8.GetBytes(text, bytes.AsSpan(sizeof(long)));
        return Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, length))[..Bytes]);
    }
}
