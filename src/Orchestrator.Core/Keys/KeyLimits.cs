namespace Orchestrator.Core.Keys;

/// <summary>Bounds of keys.</summary>
public static class KeyLimits
{
    /// <summary>How many valid ones for all workspaces there may be.</summary>
    public const int MaxKeys = 10_000;

    /// <summary>How many that name a workspace there may be, those that are revoked and not yet forgotten included.</summary>
    public const int MaxKeysPerWorkspace = 500;

    public const int MaxWorkspaces = 100;

    /// <summary>Beyond it a request is refused whatever it carries.</summary>
    public const int MaxTextLength = 128;

    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(3_650);
}
