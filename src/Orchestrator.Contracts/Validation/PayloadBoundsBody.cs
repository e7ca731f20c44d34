namespace Orchestrator.Contracts.Validation;

/// <summary>Bounds of one value.</summary>
public sealed record PayloadBoundsBody
{
    /// <summary>The value must be a number, and at least this.</summary>
    public double? Min { get; init; }

    /// <summary>The value must be a number, and at most this.</summary>
    public double? Max { get; init; }

    /// <summary>The value must be a string or an array, with at least so many characters or items.</summary>
    public int? MinLength { get; init; }

    /// <summary>The value must be a string or an array, with at most so many characters or items.</summary>
    public int? MaxLength { get; init; }
}
