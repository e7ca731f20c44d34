using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Client.Http;

/// <summary>
/// Writes requests without the members that are not set: null would mean to clear them. Reads answers that have a value wherever their type
/// wants one, so that nobody meets null there.
/// </summary>
internal static class WireJson
{
    private static readonly ContractsJsonContext Requests = new(new JsonSerializerOptions(ContractsJsonContext.Default.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = ContractsJson.Context.Options.Encoder,
    });

    private static readonly JsonSerializerOptions Answers = new(ContractsJsonContext.Default.Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = ContractsJsonContext.Default.WithAddedModifier(WantValues),
    };

    public static byte[] Write<T>(T body) => body is RawJson raw
        ? raw.Utf8.ToArray()
        : JsonSerializer.SerializeToUtf8Bytes(body, (JsonTypeInfo<T>)(Requests.GetTypeInfo(typeof(T)) ?? throw new NotSupportedException($"{typeof(T)} is no wire type.")));

    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)Answers.GetTypeInfo(typeof(T))) ?? throw new JsonException("There is null where a value is wanted.");

    /// <summary>What the annotations leave out: members that are missing, and items of lists.</summary>
    private static void WantValues(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (var member in type.Properties.Where(static member => !member.PropertyType.IsValueType && member.AssociatedParameter is { HasDefaultValue: false, IsNullable: false }))
        {
            member.IsRequired = true;
        }

        var lists = type.Properties.Where(WantsItems).ToArray();
        if (lists.Length > 0)
        {
            type.OnDeserialized = read =>
            {
                if (lists.FirstOrDefault(member => HasNull(member.Get!(read))) is { } list)
                {
                    throw new JsonException($"There is null in {list.Name}.");
                }
            };
        }
    }

    /// <summary>Whether it is a list or a dictionary whose items are declared to be there; what a generic type holds, as a page does, always is.</summary>
    private static bool WantsItems(JsonPropertyInfo member) =>
        member.Get is not null && member.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(member.PropertyType)
        && !(member.AttributeProvider is PropertyInfo { DeclaringType.IsGenericType: false } property && new NullabilityInfoContext().Create(property).GenericTypeArguments is [.., { ReadState: NullabilityState.Nullable }]);

    private static bool HasNull(object? list) => list switch
    {
        IDictionary members => members.Values.Cast<object?>().Contains(null),
        IEnumerable items => items.Cast<object?>().Contains(null),
        _ => false,
    };
}
