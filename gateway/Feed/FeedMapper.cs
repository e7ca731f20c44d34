using System.Text.Json;
using Orchestrator.Contracts.Feed;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Feed;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Feed;

/// <summary>Entries of histories as messages of the feed.</summary>
internal static class FeedMapper
{
    /// <summary>Data of more bytes than this are left out; the history has them.</summary>
    private const int MaxData = 16 * 1024;

    private static readonly RawJson Omitted = new("""{"omitted":true}"""u8.ToArray());

    /// <summary>An entry of a task's history; before a retry or a failure for want of heartbeats comes a message that says so.</summary>
    public static IEnumerable<FeedEvent> ToFeed(this TaskNews task, TaskEvent entry)
    {
        var type = FeedTypes.OfTask(entry.Type);
        var message = new FeedMessage
        {
            Type = type,
            At = entry.At,
            Workspace = task.Workspace,
            TaskId = task.Id,
            RunId = task.RunId,
            Seq = entry.Seq,
            Attempt = entry.Attempt,
            Data = Bound(RawJson.From(entry.Data)),
        };
        if (type is FeedTypes.TaskRetry or FeedTypes.TaskFailed && IsHeartbeatMissed(entry.Data))
        {
            yield return FeedEvent.Of(message with { Type = FeedTypes.HeartbeatMissed });
        }

        yield return FeedEvent.Of(message);
    }

    /// <summary>An entry of a run's history.</summary>
    public static FeedEvent ToFeed(this RunNewsPage run, EventResponse entry) => FeedEvent.Of(new FeedMessage
    {
        Type = entry.Type,
        At = entry.At,
        Workspace = run.Workspace,
        RunId = run.Id,
        Seq = entry.Seq,
        Data = Bound(entry.Data),
    });

    /// <summary>An entry of a workspace's history.</summary>
    public static FeedEvent ToFeed(this WorkspaceNews entry) => FeedEvent.Of(new FeedMessage
    {
        Type = entry.Type,
        At = entry.At,
        Workspace = entry.Workspace,
        Seq = entry.Seq,
        Data = Bound(RawJson.From(entry.Data)),
    });

    private static RawJson? Bound(RawJson? data) => data is { Utf8.Length: > MaxData } ? Omitted : data;

    private static bool IsHeartbeatMissed(string? data) =>
        data is not null
        && JsonElement.Parse(data).TryGetProperty("code", out var code)
        && code.ValueKind == JsonValueKind.String && code.ValueEquals(ErrorCodes.HeartbeatMissed);
}
