using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Storage.Relational;

/// <summary>What the runs of one tree may still start in a transaction, so that none is large, however much one request asks for.</summary>
internal sealed class StartRoom
{
    public int Starts { get; private set; } = RunLimits.MaxStartsAtOnce;

    public long Bytes { get; private set; } = RunLimits.MaxStartBytesAtOnce;

    public void Take(WorkRequest started)
    {
        Starts--;
        Bytes -= started.Input.Length;
    }
}
