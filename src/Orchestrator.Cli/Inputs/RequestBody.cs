using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Inputs;

/// <summary>
/// The object that is sent: what <c>--body</c> says, and over it the members that have options of their own. What is not changed is passed on
/// byte for byte, so that the gateway tells every mistake in it.
/// </summary>
internal sealed class RequestBody(RawJson? given)
{
    private readonly Dictionary<string, byte[]> _set = new(StringComparer.Ordinal);

    public static System.CommandLine.Option<string?> Option() =>
        Input.Json("--body", "The whole request, as the API takes it; other options stand over its members.");

    public static async Task<RequestBody> ReadAsync(string? source, CancellationToken cancellationToken) =>
        new(await JsonSource.ReadAsync(source, "--body", cancellationToken));

    public RequestBody Set(string member, string? text) => Set(member, text is null ? null : Json(writer => writer.WriteStringValue(text)));

    public RequestBody Set(string member, long? number) => Set(member, number is null ? null : Json(writer => writer.WriteNumberValue(number.Value)));

    public RequestBody Set(string member, decimal? number) => Set(member, number is null ? null : Json(writer => writer.WriteNumberValue(number.Value)));

    public RequestBody Set(string member, DateTimeOffset? moment) => Set(member, moment is null ? null : Json(writer => writer.WriteStringValue(moment.Value.UtcDateTime)));

    public RequestBody Set(string member, RawJson? json) => Set(member, json?.Utf8.ToArray());

    /// <summary>Sets it to true; false leaves it alone.</summary>
    public RequestBody Flag(string member, bool isGiven) => Set(member, isGiven ? "true"u8.ToArray() : null);

    /// <summary>None leaves it alone.</summary>
    public RequestBody Set(string member, IReadOnlyList<string>? texts) => Set(member, texts is not { Count: > 0 } ? null : Json(writer =>
    {
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }));

    /// <summary>Pairs of <c>name=number</c>; none leaves it alone.</summary>
    public RequestBody SetNumbers(string member, IReadOnlyList<(string Name, decimal Number)>? pairs) => Set(member, pairs is not { Count: > 0 } ? null : Json(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, number) in pairs)
        {
            writer.WriteNumber(name, number);
        }

        writer.WriteEndObject();
    }));

    public bool IsEmpty => given is null && _set.Count == 0;

    public RawJson ToJson()
    {
        if (given is { } whole && _set.Count == 0)
        {
            return whole;
        }

        return new RawJson(Json(writer =>
        {
            writer.WriteStartObject();
            if (given is { } partial)
            {
                WriteOthers(writer, partial);
            }

            foreach (var (member, value) in _set)
            {
                writer.WritePropertyName(member);
                writer.WriteRawValue(value, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }));
    }

    private void WriteOthers(Utf8JsonWriter writer, RawJson partial)
    {
        using var document = JsonDocument.Parse(partial.Utf8);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new CliException(CliExitCodes.Invalid, "--body must be an object where other options stand over its members.");
        }

        foreach (var member in document.RootElement.EnumerateObject().Where(member => !_set.ContainsKey(member.Name)))
        {
            writer.WritePropertyName(member.Name);
            writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
        }
    }

    private RequestBody Set(string member, byte[]? json)
    {
        if (json is not null)
        {
            _set[member] = json;
        }

        return this;
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
