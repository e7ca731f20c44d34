namespace Orchestrator.Cli;

/// <summary>What <c>orc</c> answers to who started it (sysexits.h where it has a word for it).</summary>
internal static class CliExitCodes
{
    public const int Success = 0;

    /// <summary>It was done, and it did not go well: a task or run that did not complete, a threshold that was exceeded, a check that failed.</summary>
    public const int Failure = 1;

    /// <summary>Nothing was done, because it needs <c>--yes</c>.</summary>
    public const int Refused = 3;

    /// <summary>There is no such thing, or none that the key may see.</summary>
    public const int NotFound = 4;

    /// <summary>The state of the thing does not allow it, or it exists.</summary>
    public const int Conflict = 5;

    /// <summary>The database breaks an invariant; the rows that do are told.</summary>
    public const int Broken = 6;

    /// <summary>The command line has mistakes; all of them are told.</summary>
    public const int Usage = 64;

    /// <summary>What was to be sent is wrong: it is no JSON, or has fields that the gateway refuses.</summary>
    public const int Invalid = 65;

    /// <summary>A file cannot be read.</summary>
    public const int NoInput = 66;

    /// <summary>What is needed for it is not there: no gateway or database answers, or nobody serves the action.</summary>
    public const int Unavailable = 69;

    /// <summary>A defect of the program.</summary>
    public const int Defect = 70;

    /// <summary>Standard output cannot be written: no space is left, or it is closed.</summary>
    public const int NoOutput = 74;

    /// <summary>Not now: a limit was met, or another process holds the data folder.</summary>
    public const int TryLater = 75;

    /// <summary>The key is missing, wrong, or not enough.</summary>
    public const int Denied = 77;

    /// <summary>The configuration of a gateway that was to start here has mistakes.</summary>
    public const int Configuration = 78;

    /// <summary>It had not ended in the time that was given; it goes on.</summary>
    public const int StillRunning = 124;

    /// <summary>Ctrl-C ended it.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM ended it.</summary>
    public const int Terminated = 143;
}
