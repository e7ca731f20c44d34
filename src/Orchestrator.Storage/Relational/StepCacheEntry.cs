using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>What an action answered to an input.</summary>
internal sealed record StepCacheEntry(long WorkspaceKey, string Hash, ReadOnlyMemory<byte> Output, DateTimeOffset ExpiresAt)
{
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = TaskLimits.MaxJsonDepth };

    /// <summary>Stands for an action and its input, whatever the order of members and the space between them.</summary>
    public static string HashOf(string action, ReadOnlyMemory<byte> input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(action));
        hash.AppendData([0]);
        using var document = JsonDocument.Parse(input, Depth);
        Add(hash, document.RootElement);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                hash.AppendData("{"u8);
                foreach (var (name, member) in value.EnumerateObject().Select(static member => (Name: NameOf(member), member.Value)).OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    hash.AppendData(Encoding.UTF8.GetBytes($"\"{name}\":"));
                    Add(hash, member);
                    hash.AppendData(","u8);
                }

                hash.AppendData("}"u8);
                break;
            case JsonValueKind.Array:
                hash.AppendData("["u8);
                foreach (var item in value.EnumerateArray())
                {
                    Add(hash, item);
                    hash.AppendData(","u8);
                }

                hash.AppendData("]"u8);
                break;
            default:
                hash.AppendData(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    /// <summary>As it is written, escapes too, of which some stand for no text.</summary>
    private static string NameOf(JsonProperty member) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
}
