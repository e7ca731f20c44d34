namespace Orchestrator.Storage.Tasks;

public enum PatchResult
{
    Patched,

    /// <summary>It is running, parked or ended, or has been tried before.</summary>
    AlreadyStarted,

    NotFound,
}
