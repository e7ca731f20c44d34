namespace Orchestrator.Storage.Bulk;

/// <summary>What is done to every task of an operation.</summary>
public enum BulkKind
{
    /// <summary>Tasks that have not ended are cancelled.</summary>
    Cancel,

    /// <summary>Ended tasks are submitted again, as new ones.</summary>
    Retry,

    /// <summary>Tasks that have not started, and that no other task hangs on, go to another workspace.</summary>
    Move,
}
