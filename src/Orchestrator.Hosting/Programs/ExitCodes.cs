namespace Orchestrator.Hosting.Programs;

/// <summary>What the programs answer to who started them (sysexits.h where it has a word for it).</summary>
public static class ExitCodes
{
    public const int Success = 0;

    public const int Failure = 1;

    /// <summary>The store did not answer in time at the start.</summary>
    public const int StoreUnavailable = 69;

    /// <summary>Another process holds the data folder; try again when it has ended.</summary>
    public const int StoreInUse = 75;

    /// <summary>The configuration has mistakes; trying again does not help.</summary>
    public const int Configuration = 78;
}
