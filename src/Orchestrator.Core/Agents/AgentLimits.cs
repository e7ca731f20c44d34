namespace Orchestrator.Core.Agents;

/// <summary>Bounds and defaults of agents.</summary>
public static class AgentLimits
{
    /// <summary>How many agents there may be in the cluster.</summary>
    public const int MaxAgents = 1_000;

    /// <summary>How many versions of an agent are kept, the current one among them, for the tasks that began with them.</summary>
    public const int KeptVersions = 100;

    /// <summary>So that <c>agent.{name}</c> is the name of an action.</summary>
    public const int MaxNameLength = 57;

    public const int MaxDescriptionLength = 10_000;
    public const int MaxInstructionsLength = 100_000;
    public const int MaxModelLength = 200;
    public const int MaxFallbacks = 5;
    public const int MaxSkills = 50;
    public const int MaxOutputSchemaBytes = 64 * 1024;
    public const int MaxOutputTokens = 1_000_000;

    public const int DefaultMaxTurns = 20;
    public const int MaxMaxTurns = 500;
    public const int DefaultTurnTimeoutMs = 120_000;
    public const int MinTurnTimeoutMs = 100;
    public const int MaxTurnTimeoutMs = 60 * 60 * 1000;

    public const int MaxMcpServers = 10;
    public const int MaxMcpArgs = 100;
    public const int MaxMcpSettings = 50;
    public const int MaxMcpTools = 100;

    /// <summary>How many pages of its list of tools a server is asked for.</summary>
    public const int MaxMcpPages = 20;

    /// <summary>Of the schema of a tool's arguments.</summary>
    public const int MaxMcpSchemaBytes = 64 * 1024;

    /// <summary>Of the name of a server, an argument, a value of the environment or of a header.</summary>
    public const int MaxMcpTextLength = 8_000;

    /// <summary>A server's name stands before the names of its tools, which models take up to 64 characters.</summary>
    public const int MaxMcpNameLength = 20;
}
