namespace Orchestrator.Workers.Providers;

/// <summary>What a model costs. Section <c>Providers:{name}:Prices</c>.</summary>
public sealed class ModelPriceOptions
{
    /// <summary>As the provider calls it.</summary>
    public string? Model { get; set; }

    /// <summary>A million tokens that it reads.</summary>
    public decimal? Input { get; set; }

    /// <summary>A million tokens that it writes, with those that it thinks.</summary>
    public decimal? Output { get; set; }

    /// <summary>A million tokens that it reads and the provider has in its cache. Default: as <c>Input</c>.</summary>
    public decimal? CachedInput { get; set; }

    /// <summary>The price as it is in force.</summary>
    public ModelPrice ToPrice() => new(Model ?? "", Input ?? 0, Output ?? 0, CachedInput ?? Input ?? 0);
}
