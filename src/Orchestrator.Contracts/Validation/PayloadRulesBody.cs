namespace Orchestrator.Contracts.Validation;

/// <summary>Rules that hold beside a schema.</summary>
public sealed record PayloadRulesBody
{
    /// <summary>JSON Pointers to what must be there; 100 at most.</summary>
    public IReadOnlyList<string>? Required { get; init; }

    /// <summary>Bounds by JSON Pointer, of what is there; 100 at most.</summary>
    public IReadOnlyDictionary<string, PayloadBoundsBody>? Bounds { get; init; }

    /// <summary>How many bytes the payload may have, as it was sent.</summary>
    public int? MaxBytes { get; init; }

    /// <summary>How many objects and arrays may stand within one another; 0 to 64.</summary>
    public int? MaxDepth { get; init; }
}
