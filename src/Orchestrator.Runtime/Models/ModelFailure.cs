namespace Orchestrator.Runtime.Models;

/// <summary>Why a model gave no answer.</summary>
public enum ModelFailure
{
    /// <summary>429: the provider wants to be left alone for a while.</summary>
    RateLimited,

    /// <summary>The provider cannot be reached, cut its answer off, or failed by its own fault (5xx); another try may succeed.</summary>
    Unavailable,

    /// <summary>The provider refuses the request as it is (4xx): it is too long, or something in it is not supported.</summary>
    Refused,

    /// <summary>There is no such model, by the configuration or by the provider.</summary>
    UnknownModel,

    /// <summary>There is no key, the provider refuses it, or the account behind it has no credit.</summary>
    KeyRefused,

    /// <summary>It answered, but nothing that can be read.</summary>
    InvalidAnswer,

    /// <summary>It answered more than is read.</summary>
    TooLarge,

    /// <summary>The first piece of the answer, or the next one, took longer than it may.</summary>
    TooSlow,
}
