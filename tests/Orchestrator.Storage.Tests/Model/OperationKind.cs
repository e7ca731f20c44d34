namespace Orchestrator.Storage.Tests.Model;

/// <summary>Everything that can happen to a store.</summary>
internal enum OperationKind
{
    Submit,
    Turn,
    Settle,
    Reap,
    Renew,
    Append,
    Cancel,
    Patch,
    Advance,
    FireDue,
    FailOverdue,
    PauseOrResume,
    Wake,
    Refuse,
    ChangeResources,
    Delegate,
    Await,
    Say,
    Save,
    Ask,
    Decide,
    Expire,
}
