using System.Globalization;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Priorities;
using Orchestrator.Storage.Priorities;

namespace Orchestrator.Gateway.Why;

/// <summary>A score and its parts in words.</summary>
internal static class ScoreMapper
{
    public static WhyScore ToResponse(this ScoreExplanation explanation) => new()
    {
        Value = explanation.Score,
        ScoreSource = explanation.Source,
        Reasons = [.. explanation.Reasons.Select(ToResponse)],
    };

    private static WhyScoreReason ToResponse(ScoreReason reason) => new()
    {
        Code = reason.Code,
        Points = reason.Points,
        Message = reason.Code switch
        {
            "goal" => $"It shares {string.Join(", ", reason.Concepts ?? [])} with the goal of its workspace.",
            "model" => $"{reason.Model} judged it.",
            "cache" when reason.Similarity < 1 => string.Create(CultureInfo.InvariantCulture, $"{reason.Model} judged a task that is like it ({reason.Similarity:0.###})."),
            "cache" => $"{reason.Model} judged a task that asks for the same.",
            _ => "Its priority, as it was asked for.",
        },
        Concepts = reason.Concepts,
    };
}
