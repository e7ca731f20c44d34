namespace Orchestrator.Runtime.Models;

/// <summary>Why a model gave no answer.</summary>
public enum ModelFailure
{
    /// <summary>429: the provider wants to be left alone for a while.</summary>
    RateLimited,

    /// <summary>The provider cannot be reached, or failed by its own fault (5xx); another try may succeed.</summary>
    Unavailable,

    /// <summary>The provider refuses the request as it is (4xx): a wrong key, an unknown model.</summary>
    Refused,

    /// <summary>It answered, but nothing that can be read.</summary>
    InvalidAnswer,
}
