using Orchestrator.Runtime.Models;

namespace Orchestrator.Runtime.Priorities;

/// <summary>Why tasks keep the heuristic's score, as metrics name it.</summary>
internal static class ScoreFallbacks
{
    public const string Timeout = "timeout";
    public const string RateLimited = "rate_limited";
    public const string Unavailable = "unavailable";
    public const string Refused = "refused";
    public const string InvalidAnswer = "invalid_answer";

    /// <summary>The workspace has spent what it may cost.</summary>
    public const string OverBudget = "over_budget";

    /// <summary>Too many scorings wait already.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>No task that the scoring was for was still waiting when its turn came.</summary>
    public const string Late = "late";

    /// <summary>The store could not be read or written.</summary>
    public const string Store = "store";

    public static string Of(ModelFailure failure) => failure switch
    {
        ModelFailure.RateLimited => RateLimited,
        ModelFailure.Refused or ModelFailure.UnknownModel or ModelFailure.KeyRefused => Refused,
        ModelFailure.InvalidAnswer or ModelFailure.TooLarge => InvalidAnswer,
        ModelFailure.TooSlow => Timeout,
        _ => Unavailable,
    };
}
