using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Orchestrator.Core.Naming;
using Orchestrator.Gateway.Api.Calls;
using Orchestrator.Gateway.Requests;

namespace Orchestrator.Gateway.Mcp;

/// <summary>Turns the arguments of a tool into a request of the API; what they mean is for the API to judge.</summary>
internal static class ToolArguments
{
    private const string Wait = "wait";
    private const string Key = "idempotencyKey";

    private static readonly string[] InPath = ["workspace", "task", "run", "step", "owner", "name"];

    /// <summary>How the API calls, in its errors, what tools call otherwise.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["/ws"] = "/workspace",
        ["/id"] = "/task",
        [$"/{IdempotencyHeader.Name}"] = $"/{Key}",
    };

    public static string NameOf(string pointer) => Renamed.GetValueOrDefault(pointer, pointer);

    public static ApiRequest ToRequest(ToolDefinition tool, IDictionary<string, JsonElement> arguments)
    {
        var errors = new FieldErrors();
        var rest = new Dictionary<string, JsonElement>(arguments, StringComparer.Ordinal);
        var path = Path(tool.Path, rest, errors);
        var headers = Headers(tool, rest, errors);
        var query = Query(tool, rest, errors);
        if (!tool.HasBody)
        {
            var known = tool.Tool.InputSchema.GetProperty("properties").EnumerateObject().Select(member => member.Name);
            foreach (var name in rest.Keys)
            {
                errors.Malformed(JsonPointer.Append(JsonPointer.Root, name), $"is not a known argument; known are {string.Join(", ", known)}.");
            }
        }

        errors.ThrowIfAny();
        return new ApiRequest(tool.Method, path, query, tool.HasBody ? Body(arguments.Where(argument => rest.ContainsKey(argument.Key))) : null, headers);
    }

    private static string Path(string template, Dictionary<string, JsonElement> rest, FieldErrors errors)
    {
        foreach (var name in InPath.Where(name => template.Contains($"{{{name}}}", StringComparison.Ordinal)))
        {
            var pointer = JsonPointer.Append(JsonPointer.Root, name);
            if (!rest.Remove(name, out var value))
            {
                errors.Malformed(pointer, "is required.");
                continue;
            }

            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            var isId = name is "task" or "run";
            if (isId ? !Guid.TryParseExact(text, "D", out _) : name == "step" ? !StepName.IsValid(text) : !ResourceName.IsValid(text))
            {
                var form = name == "step" ? StepName.Pattern : ResourceName.Pattern;
                errors.Malformed(pointer, isId ? $"must be the id of a {name}, a UUID." : $"must be of the form {form}.");
            }

            template = template.Replace($"{{{name}}}", text, StringComparison.Ordinal);
        }

        return template;
    }

    private static Dictionary<string, string> Headers(ToolDefinition tool, Dictionary<string, JsonElement> rest, FieldErrors errors)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if ((tool.Submits || tool.TakesKey) && rest.Remove(Key, out var key) && Text(key, Key, errors) is { } text)
        {
            headers[IdempotencyHeader.Name] = text;
        }

        if (tool.Submits && rest.Remove(Wait, out var wait) && wait.ValueKind != JsonValueKind.Null)
        {
            if (wait.ValueKind == JsonValueKind.Number && wait.TryGetInt32(out var seconds) && seconds is >= 0 and <= QueryParameters.MaxWaitSeconds)
            {
                headers["Prefer"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
            }
            else
            {
                errors.Malformed($"/{Wait}", string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 0 to {QueryParameters.MaxWaitSeconds}."));
            }
        }

        return headers;
    }

    private static string Query(ToolDefinition tool, Dictionary<string, JsonElement> rest, FieldErrors errors)
    {
        var values = new Dictionary<string, string>(tool.QueryDefaults, StringComparer.Ordinal);
        foreach (var name in tool.Query)
        {
            if (rest.Remove(name, out var value) && Text(value, name, errors) is { } text)
            {
                values[name] = text;
            }
        }

        return new QueryBuilder(values).ToQueryString().ToString();
    }

    private static string? Text(JsonElement value, string name, FieldErrors errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            case JsonValueKind.Null:
                return null;
            default:
                errors.Malformed(JsonPointer.Append(JsonPointer.Root, name), "must be a string or a number.");
                return null;
        }
    }

    /// <summary>The arguments byte for byte, so that limits of size hold for what was sent.</summary>
    private static ReadOnlyMemory<byte> Body(IEnumerable<KeyValuePair<string, JsonElement>> arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var (name, value) in arguments)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
