using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Orchestrator.Workers;

/// <summary>
/// Finds everything in an input that its type does not take, where the serializer stops at the first fault. Slower than reading, and
/// done only after reading has failed.
/// </summary>
internal sealed class InputDiagnosis
{
    /// <summary>Further faults are not looked for.</summary>
    public const int MaxFaults = 20;

    private readonly JsonSerializerOptions _options;
    private readonly List<string> _faults = [];

    private InputDiagnosis(JsonSerializerOptions options) => _options = options;

    private bool IsFull => _faults.Count > MaxFaults;

    /// <returns>One sentence for each fault, each beginning with its path; empty when only the serializer itself can tell what is wrong.</returns>
    public static IReadOnlyList<string> Of(ReadOnlyMemory<byte> input, Type type, JsonSerializerOptions options)
    {
        if (options.ReferenceHandler is not null)
        {
            // Objects may stand for others then.
            return [];
        }

        var diagnosis = new InputDiagnosis(options);
        try
        {
            using var document = JsonDocument.Parse(input, new JsonDocumentOptions
            {
                AllowTrailingCommas = options.AllowTrailingCommas,
                CommentHandling = options.ReadCommentHandling,
                MaxDepth = options.MaxDepth,
            });
            diagnosis.Visit(document.RootElement, options.GetTypeInfo(type), new InputPath("$"));
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            // Not JSON, or a type that is read by no rule known here: what the serializer said before stands.
            return diagnosis._faults;
        }

        if (diagnosis.IsFull)
        {
            diagnosis._faults[^1] = "There are more.";
        }

        return diagnosis._faults;
    }

    private void Visit(JsonElement value, JsonTypeInfo type, InputPath path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when type.PolymorphismOptions is null:
                if (Expect(value, JsonValueKind.Object, "an object", path))
                {
                    VisitObject(value, type, path);
                }

                break;
            case JsonTypeInfoKind.Enumerable when type.ElementType is { } element:
                if (Expect(value, JsonValueKind.Array, "an array", path))
                {
                    VisitAll(value.EnumerateArray().Select((item, i) => (item, path.At(i))), _options.GetTypeInfo(element));
                }

                break;
            case JsonTypeInfoKind.Dictionary when type.KeyType == typeof(string) && type.ElementType is { } element:
                if (Expect(value, JsonValueKind.Object, "an object", path))
                {
                    VisitAll(value.EnumerateObject().Select(member => (member.Value, path.To(member.Name))), _options.GetTypeInfo(element));
                }

                break;
            default:
                Read(value, type, path);
                break;
        }
    }

    private bool Expect(JsonElement value, JsonValueKind kind, string what, InputPath path)
    {
        if (value.ValueKind != kind)
        {
            _faults.Add($"{path}: must be {what}.");
        }

        return value.ValueKind == kind;
    }

    private void VisitAll(IEnumerable<(JsonElement Value, InputPath Path)> items, JsonTypeInfo type)
    {
        foreach (var (value, path) in items)
        {
            if (IsFull)
            {
                return;
            }

            if (value.ValueKind != JsonValueKind.Null || !TakesNull(type.Type))
            {
                Visit(value, type, path);
            }
        }
    }

    private void VisitObject(JsonElement value, JsonTypeInfo type, InputPath path)
    {
        var seen = new HashSet<JsonPropertyInfo>();
        var open = (type.UnmappedMemberHandling ?? _options.UnmappedMemberHandling) == JsonUnmappedMemberHandling.Skip
            || type.Properties.Any(property => property.IsExtensionData);
        var comparison = _options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var member in value.EnumerateObject())
        {
            if (IsFull)
            {
                return;
            }

            var property = type.Properties.FirstOrDefault(candidate => !candidate.IsExtensionData && candidate.Name.Equals(member.Name, comparison));
            if (property is null)
            {
                if (!open)
                {
                    _faults.Add($"{path.To(member.Name)}: there is no such member.");
                }
            }
            else if (!seen.Add(property) && !_options.AllowDuplicateProperties)
            {
                _faults.Add($"{path.To(member.Name)}: is given more than once.");
            }
            else
            {
                VisitProperty(member.Value, property, path.To(member.Name));
            }
        }

        foreach (var property in type.Properties.Where(property => IsRequired(property) && !seen.Contains(property)).TakeWhile(_ => !IsFull))
        {
            _faults.Add($"{path.To(property.Name)}: required, but missing.");
        }
    }

    private void VisitProperty(JsonElement value, JsonPropertyInfo property, InputPath path)
    {
        var read = property.Set is not null || property.AssociatedParameter is not null;
        if (!read || property.CustomConverter is not null || property.NumberHandling is not null)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Null || !TakesNull(property.PropertyType))
        {
            Visit(value, _options.GetTypeInfo(property.PropertyType), path);
        }
        else if (_options.RespectNullableAnnotations && !(property.AssociatedParameter?.IsNullable ?? property.IsSetNullable))
        {
            _faults.Add($"{path}: must not be null.");
        }
    }

    private void Read(JsonElement value, JsonTypeInfo type, InputPath path)
    {
        try
        {
            _ = value.Deserialize(type);
        }
        catch (JsonException exception)
        {
            _faults.Add(InputMessage.From(exception, path.ToString()));
        }
        catch (ArgumentException exception)
        {
            // A constructor or setter of the value refused it.
            _faults.Add($"{path}: {exception.Message}");
        }
    }

    private bool IsRequired(JsonPropertyInfo property) => property.IsRequired
        || (_options.RespectRequiredConstructorParameters && property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false });

    private static bool TakesNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
}
