namespace Orchestrator.Workers.Pool;

/// <summary>What a worker process can say.</summary>
internal enum PoolMessageType
{
    Ready,
    Heartbeat,
    Progress,
    Chunk,
    Result,
    Error,
    Delegate,
    Outcomes,
    Wait,
    Decision,
    Ask,
}
