using System.Text.Json;
using Orchestrator.Contracts.Feed;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Gateway.Feed;

/// <summary>A message as it is sent, written once for all who get it.</summary>
internal sealed class FeedEvent
{
    private FeedEvent(FeedMessage message)
    {
        Type = message.Type;
        Workspace = message.Workspace;
        IsUrgent = FeedTypes.IsUrgent(Type);
        Utf8 = JsonSerializer.SerializeToUtf8Bytes(message, ContractsJson.TypeInfo<FeedMessage>());
    }

    public string Type { get; }

    public string? Workspace { get; }

    public bool IsUrgent { get; }

    public ReadOnlyMemory<byte> Utf8 { get; }

    public static FeedEvent Of(FeedMessage message) => new(message);

    /// <summary>A message that is about no workspace.</summary>
    public static FeedEvent Of<T>(string type, DateTimeOffset at, T data) => new(new FeedMessage
    {
        Type = type,
        At = at,
        Data = new RawJson(JsonSerializer.SerializeToUtf8Bytes(data, ContractsJson.TypeInfo<T>())),
    });
}
