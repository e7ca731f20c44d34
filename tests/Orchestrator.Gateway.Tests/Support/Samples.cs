using System.Runtime.CompilerServices;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>A value of any type that requests are made of, with everything in it set.</summary>
public static class Samples
{
    public const string Text = "sample";
    public static readonly Guid Id = new("01a1fd44-365c-7a7b-9463-8b11bcec2525");

    private static readonly Dictionary<Type, object> Simple = new()
    {
        [typeof(string)] = Text,
        [typeof(Guid)] = Id,
        [typeof(bool)] = true,
        [typeof(int)] = 1,
        [typeof(long)] = 1L,
        [typeof(double)] = 0.5,
        [typeof(decimal)] = 0.5m,
        [typeof(TimeSpan)] = TimeSpan.FromSeconds(1),
        [typeof(DateTimeOffset)] = DateTimeOffset.UnixEpoch,
        [typeof(RawJson)] = new RawJson("{}"u8.ToArray()),
        [typeof(CancellationToken)] = CancellationToken.None,
    };

    public static object Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple.TryGetValue(type, out var value))
        {
            return value;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var items = Array.CreateInstance(type.GenericTypeArguments[0], 1);
            items.SetValue(Of(type.GenericTypeArguments[0]), 0);
            return items;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            var items = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GenericTypeArguments))!;
            items.Add(Of(type.GenericTypeArguments[0]), Of(type.GenericTypeArguments[1]));
            return items;
        }

        Assert.True(type.IsClass && !type.IsAbstract && !type.IsArray, $"{type} has no sample; requests are made of records, lists and dictionaries.");
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(record, Of(property.PropertyType));
        }

        return record;
    }
}
