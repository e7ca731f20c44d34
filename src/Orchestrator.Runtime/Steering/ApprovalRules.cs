using System.Globalization;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Runtime.Steering;

/// <summary>What a request must be for the store to take it.</summary>
internal static class ApprovalRules
{
    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? FindFlaw(ApprovalRequest request)
    {
        if (request.Question.Length is 0 or > TaskLimits.MaxQuestionLength)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"A question must have from 1 to {TaskLimits.MaxQuestionLength} characters, not {request.Question.Length}.");
        }

        if (request.Key is { Length: 0 or > TaskLimits.MaxDelegationKeyLength })
        {
            return string.Create(CultureInfo.InvariantCulture, $"The key of a question must have from 1 to {TaskLimits.MaxDelegationKeyLength} characters.");
        }

        if (request.TimeLimit is { } limit && (limit <= TimeSpan.Zero || limit > TaskLimits.MaxApprovalTime))
        {
            return string.Create(CultureInfo.InvariantCulture, $"The time limit of a question must be above 0 and at most {TaskLimits.MaxApprovalTime.TotalDays} days.");
        }

        return request.Details is { } details ? JsonBytes.FindFlaw("details of the question", details, TaskLimits.MaxApprovalBytes) : null;
    }

    public static NewApproval ToStore(ApprovalRequest request) => new(
        request.Key is null ? null : StoreText.Clean(request.Key), StoreText.Clean(request.Question), request.Details, request.TimeLimit);
}
