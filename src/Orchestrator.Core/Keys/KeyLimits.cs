namespace Orchestrator.Core.Keys;

/// <summary>Bounds of keys.</summary>
public static class KeyLimits
{
    /// <summary>How many there may be, those that are revoked and not yet forgotten included.</summary>
    public const int MaxKeys = 10_000;

    public const int MaxWorkspaces = 100;

    /// <summary>Beyond it a request is refused whatever it carries.</summary>
    public const int MaxTextLength = 128;

    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(3_650);
}
