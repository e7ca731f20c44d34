using System.Globalization;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Gateway.Why;

/// <summary>Why a task waits for a person.</summary>
internal static class ApprovalReason
{
    public static WhyReason Of(ApprovalRecord request)
    {
        var end = request.ExpiresAt is { } until
            ? string.Create(CultureInfo.InvariantCulture, $"until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}")
            : "for as long as it takes";
        return new WhyReason
        {
            Code = "waiting_for_approval",
            Message = $"It waits {end} for a person to decide: {request.Question} It holds no slot.",
            Until = request.ExpiresAt,
            Number = request.Number,
            Question = request.Question,
            Details = RawJson.From(request.Details),
        };
    }
}
