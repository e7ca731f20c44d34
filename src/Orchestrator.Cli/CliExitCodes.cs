namespace Orchestrator.Cli;

/// <summary>What <c>orc</c> answers to who started it (sysexits.h where it has a word for it).</summary>
internal static class CliExitCodes
{
    public const int Success = 0;

    /// <summary>It was done, and it did not go well.</summary>
    public const int Failure = 1;

    /// <summary>The command line has mistakes; all of them are told.</summary>
    public const int Usage = 64;

    /// <summary>What is needed for it is not there: no gateway answers, or nobody serves the action.</summary>
    public const int Unavailable = 69;

    /// <summary>Somebody ended it: Ctrl-C, or SIGTERM.</summary>
    public const int Interrupted = 130;
}
