namespace Orchestrator.Runtime.Batching;

/// <summary>How a batcher groups what it writes. Weights are in items unless the batcher is given another measure.</summary>
/// <param name="Kind">Its name in logs and metrics.</param>
/// <param name="Capacity">Greatest weight that may wait.</param>
/// <param name="MaxBatch">Greatest weight of one flush; an item that is heavier goes alone.</param>
/// <param name="Flushers">How many flushes may run at the same time; items keep their order only with one.</param>
public sealed record BatcherOptions(string Kind, int Capacity, int MaxBatch, int Flushers = 1)
{
    /// <summary>
    /// Weight that must wait before a flusher beside the first is put to work: below it one larger batch is cheaper than two
    /// small ones. Default: 500.
    /// </summary>
    public int ExtraFlusherAt { get; init; } = 500;
}
