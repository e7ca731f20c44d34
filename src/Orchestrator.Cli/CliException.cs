namespace Orchestrator.Cli;

/// <summary>Ends a command with a message that a person can act on, and an exit code.</summary>
internal sealed class CliException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
