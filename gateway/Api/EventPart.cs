using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Gateway.Api;

/// <summary>A part of a history.</summary>
/// <param name="LastSeq">The last event there is; at least beyond the part when more follow it.</param>
/// <param name="Ended">Whether no more will come.</param>
internal sealed record EventPart(IReadOnlyList<EventResponse> Events, int LastSeq, bool Ended);
