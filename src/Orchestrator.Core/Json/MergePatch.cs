using System.Buffers;
using System.Text.Json;

namespace Orchestrator.Core.Json;

/// <summary>JSON Merge Patch (RFC 7396).</summary>
public static class MergePatch
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>The target as the patch changes it, as JSON in UTF-8.</summary>
    /// <exception cref="JsonException">One of them is no JSON.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> target, ReadOnlySpan<byte> patch)
    {
        var buffer = new ArrayBufferWriter<byte>(target.Length + patch.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, JsonElement.Parse(target, Options), JsonElement.Parse(patch, Options));
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, JsonElement? target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            patch.WriteTo(json);
            return;
        }

        // By name, so that an object of many members takes no more than one look at each.
        var changes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var change in patch.EnumerateObject())
        {
            changes[change.Name] = change.Value;
        }

        json.WriteStartObject();
        if (target is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                if (!changes.Remove(member.Name, out var change))
                {
                    member.WriteTo(json);
                }
                else
                {
                    WriteMember(json, member.Name, member.Value, change);
                }
            }
        }

        foreach (var (name, change) in changes)
        {
            WriteMember(json, name, null, change);
        }

        json.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter json, string name, JsonElement? target, JsonElement change)
    {
        if (change.ValueKind != JsonValueKind.Null)
        {
            json.WritePropertyName(name);
            Write(json, target, change);
        }
    }
}
