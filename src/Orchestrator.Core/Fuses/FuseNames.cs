namespace Orchestrator.Core.Fuses;

/// <summary>The fuses as callers and the store write them.</summary>
public static class FuseNames
{
    private static readonly string[] Names = ["delegationDepth", "antiLoop", "pendingCap", "budget", "circuitBreaker"];

    /// <summary>All names, in the order of <see cref="Fuse"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    public static string ToName(this Fuse fuse) => Names[(int)fuse];

    /// <summary>The fuse, or null when the name is none.</summary>
    public static Fuse? Parse(string name) => Array.IndexOf(Names, name) is var index and >= 0 ? (Fuse)index : null;
}
