namespace Orchestrator.TestKit.Processes;

/// <param name="Output">Standard output, then standard error.</param>
public sealed record ProcessResult(int ExitCode, string Output);
