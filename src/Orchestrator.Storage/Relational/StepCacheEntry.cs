using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Storage.Relational;

/// <summary>What an action answered to an input.</summary>
internal sealed record StepCacheEntry(long WorkspaceKey, string Hash, ReadOnlyMemory<byte> Output, DateTimeOffset ExpiresAt)
{
    /// <summary>Stands for an action and its input, byte for byte.</summary>
    public static string HashOf(string action, ReadOnlySpan<byte> input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(action));
        hash.AppendData([0]);
        hash.AppendData(input);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
