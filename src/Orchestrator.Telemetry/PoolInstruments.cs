using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>What the process pool tells about itself. The gauges are of this process, over all its pools.</summary>
public sealed class PoolInstruments
{
    public const string MeterName = "Orchestrator.Pool";

    private readonly Counter<long> _heartbeatsMissed;
    private long _workers;
    private long _busy;
    private long _queued;

    public PoolInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("orchestrator_pool_workers_total", () => Interlocked.Read(ref _workers), description: "Worker processes that are ready or at work.");
        meter.CreateObservableGauge("orchestrator_pool_workers_busy", () => Interlocked.Read(ref _busy), description: "Worker processes at work.");
        meter.CreateObservableGauge("orchestrator_pool_queue_size", () => Interlocked.Read(ref _queued), description: "Attempts that wait for a worker process.");
        _heartbeatsMissed = meter.CreateCounter<long>("orchestrator_worker_heartbeat_missed_total", description: "Worker processes replaced because they went silent at work.");
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

    public void OnHeartbeatMissed() => _heartbeatsMissed.Add(1);
}
