namespace Orchestrator.Core.Agents;

/// <summary>A server of tools that an agent may use, spoken to by the Model Context Protocol: at an address, or as a process that is started for an attempt.</summary>
public sealed record McpServer
{
    /// <summary>What the names of its tools begin with.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is; null for one that is a process.</summary>
    public string? Url { get; init; }

    /// <summary>The program to start; null for one that has an address.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>What the process finds in its environment, secrets among it.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>What is sent with each request, secrets among it.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Those of its tools that may be used; null for all.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Whether secrets given for <paramref name="other"/> would go to the same place with this.</summary>
    public bool GoesWhere(McpServer other) =>
        Name == other.Name && Url == other.Url && Command == other.Command && Args.SequenceEqual(other.Args, StringComparer.Ordinal);

    /// <summary>Without anything that may be secret.</summary>
    public override string ToString() => $"MCP server {Name}";
}
