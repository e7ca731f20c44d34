namespace Orchestrator.Cli.Output;

/// <summary>How data is printed.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>As the API answers it.</summary>
    Json,

    /// <summary>A value a line.</summary>
    JsonLines,
}
