using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Runs;

/// <summary>A run to start; every member may be left out, and so may the body.</summary>
public sealed record StartRunRequest
{
    /// <summary>Where its tasks are; <c>default</c> by default.</summary>
    public string? Workspace { get; init; }

    /// <summary>The version of the definition; the one published last by default.</summary>
    public string? Version { get; init; }

    /// <summary>What expressions read as <c>run.input</c>; at most 1 MiB, and as the definition's schema asks. Null by default.</summary>
    public RawJson? Input { get; init; }

    /// <summary>Of tasks whose step names none: <c>low</c> (100), <c>medium</c> (300, the default), <c>high</c> (600), or a number from 0 to 1000.</summary>
    public RawJson? Priority { get; init; }

    /// <summary>At most 50 different tags of at most 100 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}
