namespace Orchestrator.Telemetry;

/// <summary>What the process pool tells about itself. The gauges are of this process, over all its pools.</summary>
public sealed class PoolInstruments
{
    private readonly LeaseInstruments _leases;
    private long _workers;
    private long _busy;
    private long _queued;

    /// <param name="leases">Counts missed heartbeats, whoever misses them.</param>
    public PoolInstruments(OrchestratorMeter meter, LeaseInstruments leases)
    {
        _leases = leases;
        var source = meter.Meter;
        source.CreateObservableGauge(InstrumentNames.PoolWorkers, () => Interlocked.Read(ref _workers), null, "Worker processes that are ready or at work.");
        source.CreateObservableGauge(InstrumentNames.PoolWorkersBusy, () => Interlocked.Read(ref _busy), null, "Worker processes at work.");
        source.CreateObservableGauge(InstrumentNames.PoolQueueSize, () => Interlocked.Read(ref _queued), null, "Attempts that wait for a worker process.");
    }

    /// <summary>A process has said that it is ready.</summary>
    public void OnWorkerReady() => Interlocked.Increment(ref _workers);

    /// <summary>A process that was ready has ended.</summary>
    public void OnWorkerEnded() => Interlocked.Decrement(ref _workers);

    public void OnWorkerBusy() => Interlocked.Increment(ref _busy);

    public void OnWorkerFree() => Interlocked.Decrement(ref _busy);

    public void OnRequestQueued() => Interlocked.Increment(ref _queued);

    /// <summary>An attempt no longer waits: a process took it, or nobody wants it any more.</summary>
    public void OnRequestDequeued() => Interlocked.Decrement(ref _queued);

    /// <summary>A process went silent at work and is replaced.</summary>
    public void OnHeartbeatMissed() => _leases.OnHeartbeatMissed();
}
