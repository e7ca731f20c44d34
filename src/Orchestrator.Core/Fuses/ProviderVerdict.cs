namespace Orchestrator.Core.Fuses;

/// <summary>What the end of an attempt says about the provider that it used.</summary>
public enum ProviderVerdict
{
    /// <summary>It served the attempt.</summary>
    Well,

    /// <summary>It failed, or did not answer in time.</summary>
    Ill,

    /// <summary>The attempt failed for a reason that says nothing about it.</summary>
    Silent,

    /// <summary>Nobody knows whether it was asked: the attempt was given back.</summary>
    Unasked,
}
