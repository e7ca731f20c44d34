namespace Orchestrator.Core.Fuses;

/// <summary>What is known of how an attempt ended.</summary>
public enum AttemptEnd
{
    /// <summary>Its holder settled it.</summary>
    Settled,

    /// <summary>It was given back before its worker began, or its provider refused it.</summary>
    NotBegun,

    /// <summary>Its lease was lost, its task was cancelled, or it was cut off by a drain.</summary>
    Lost,
}
