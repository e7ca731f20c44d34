using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Storage.Relational;

/// <summary>Small JSON values inside columns.</summary>
internal static class Json
{
    public static string? OfList(IReadOnlyCollection<string> list) =>
        list.Count == 0 ? null : JsonSerializer.Serialize(list, StorageJson.Default.IReadOnlyCollectionString);

    public static string? OfIds(IReadOnlyCollection<Guid> list) =>
        list.Count == 0 ? null : JsonSerializer.Serialize(list, StorageJson.Default.IReadOnlyCollectionGuid);

    public static string? OfCounts(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == 0 ? null : JsonSerializer.Serialize(counts, StorageJson.Default.IReadOnlyDictionaryStringInt32);

    public static IReadOnlyList<string> ToList(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, StorageJson.Default.StringArray)!;

    public static IReadOnlyList<Guid> ToIds(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, StorageJson.Default.GuidArray)!;

    public static IReadOnlyDictionary<string, int> ToCounts(string? json) =>
        json is null ? EmptyCounts : JsonSerializer.Deserialize(json, StorageJson.Default.DictionaryStringInt32)!;

    private static readonly Dictionary<string, int> EmptyCounts = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyCollection<string>))]
[JsonSerializable(typeof(IReadOnlyCollection<Guid>))]
[JsonSerializable(typeof(IReadOnlyCollection<long>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, int>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Guid[]))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(Core.Agents.AgentDefinition))]
[JsonSerializable(typeof(EventData))]
[JsonSerializable(typeof(WorkspaceEventData))]
[JsonSerializable(typeof(Bulk.BulkFilter))]
[JsonSerializable(typeof(Bulk.BulkError[]))]
[JsonSerializable(typeof(Submissions.NewTask))]
[JsonSerializable(typeof(IReadOnlyList<Silos.SiloAction>))]
[JsonSerializable(typeof(Silos.SiloAction[]))]
[JsonSerializable(typeof(TimelineStore.WrittenRow[]))]
[JsonSerializable(typeof(LevelStore.WrittenLevel[]))]
[JsonSerializable(typeof(ErrorStore.WrittenGroup[]))]
internal sealed partial class StorageJson : JsonSerializerContext;
