using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Responses;

internal static class EventMapper
{
    /// <summary>History entries belong to tasks, so the wire's prefix is theirs.</summary>
    public static EventResponse ToResponse(this TaskEvent entry) =>
        new(entry.Seq, $"task.{entry.Type}", entry.At, RawJson.From(entry.Data)) { Attempt = entry.Attempt };
}
