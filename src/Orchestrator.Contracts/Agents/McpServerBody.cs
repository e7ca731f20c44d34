namespace Orchestrator.Contracts.Agents;

/// <summary>A server of tools for an agent: one that is at a URL, or a program that is started for each attempt.</summary>
public sealed record McpServerBody
{
    /// <summary>Up to 20 of <c>a-z</c>, <c>0-9</c>, <c>_</c> and <c>-</c>. The model knows its tools as <c>{name}__{tool}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is, <c>https</c> or <c>http</c>.</summary>
    public string? Url { get; init; }

    /// <summary>The program; the silos' setting <c>Agents:McpCommands</c> must allow it.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>The program's environment. Values are never answered: null stands for one that is stored, also when it is sent back.</summary>
    public IReadOnlyDictionary<string, string?>? Env { get; init; }

    /// <summary>Headers of the requests to the URL. Values are never answered: null stands for one that is stored, also when it is sent back.</summary>
    public IReadOnlyDictionary<string, string?>? Headers { get; init; }

    /// <summary>Those of its tools that may be used; all of them, up to 100, by default.</summary>
    public IReadOnlyList<string>? Tools { get; init; }
}
