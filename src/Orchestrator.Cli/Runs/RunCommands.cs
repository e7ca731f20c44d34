using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Runs;

/// <summary><c>orc run …</c></summary>
internal static class RunCommands
{
    public static CommandGroup Group() => new(
        "run",
        "Starts, follows and steers runs of definitions.",
        new RunStartCommand(),
        new RunListCommand(),
        new RunGetCommand(),
        new RunStepCommand(),
        new RunWatchCommand(),
        new RunWaitCommand(),
        new RunAbortCommand(),
        new RunReplayCommand(),
        new RunRetryCommand(),
        new RunSkipCommand(),
        new RunApproveCommand());
}
