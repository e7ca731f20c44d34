namespace Orchestrator.Storage.Keys;

/// <summary>What became of a key to create; exactly one of the nested records.</summary>
public abstract record KeyCreation
{
    private KeyCreation()
    {
    }

    public sealed record Created(KeyRecord Key) : KeyCreation;

    /// <summary>Another has, or had, the name.</summary>
    public sealed record NameTaken : KeyCreation;

    /// <summary>There are as many as there may be.</summary>
    public sealed record TooMany : KeyCreation;

    /// <summary>The bootstrap token that asked for it has been used meanwhile.</summary>
    public sealed record BootstrapUsed : KeyCreation;
}
