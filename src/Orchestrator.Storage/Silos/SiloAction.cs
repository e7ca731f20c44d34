namespace Orchestrator.Storage.Silos;

/// <summary>An action that a silo knows.</summary>
/// <param name="Name">The action.</param>
/// <param name="Concurrency">How many attempts it runs at the same time.</param>
/// <param name="UnavailableReason">Why it cannot serve it now (the Python interpreter is missing, say); null when it can.</param>
public sealed record SiloAction(string Name, int Concurrency, string? UnavailableReason = null)
{
    /// <summary>How well it does what needs a skill, above 0 and up to 1; null when it declares none.</summary>
    public IReadOnlyDictionary<string, double>? Skills { get; init; }

    /// <summary>What an attempt costs at most, in the currency of the usage; null when that is not known.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Where it declares skills, how many more attempts it could begin at once.</summary>
    public int? Free { get; init; }
}
