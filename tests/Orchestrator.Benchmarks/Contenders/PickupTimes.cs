using Orchestrator.Benchmarks.Figures;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>When each task was handed over, when that was answered, and when its handler began: microseconds of one clock.</summary>
internal sealed class PickupTimes(int tasks)
{
    public const string P50 = "p50 ms";
    public const string P99 = "p99 ms";

    private readonly double[] _called = new double[tasks];
    private readonly double[] _answered = new double[tasks];
    private readonly double[] _started = new double[tasks];

    public int Count => tasks;

    public void OnAnswered(int task, double called, double answered) => (_called[task], _answered[task]) = (called, answered);

    public void OnStarted(int task, double started) => _started[task] = started;

    /// <summary>The latencies of all tasks after the first ones. A handler that began before the answer was there took no time.</summary>
    public Sample Summarize(int warmUp, double rate)
    {
        if (_started.AsSpan().Contains(0) || _answered.AsSpan().Contains(0))
        {
            throw new InvalidOperationException($"{_started.Count(time => time == 0)} of {tasks} tasks were not started.");
        }

        var fromAnswer = Sorted(warmUp, _answered);
        var fromCall = Sorted(warmUp, _called);
        return new Sample
        {
            [P50] = HttpLoad.Percentile(fromAnswer, 0.5),
            ["p95 ms"] = HttpLoad.Percentile(fromAnswer, 0.95),
            [P99] = HttpLoad.Percentile(fromAnswer, 0.99),
            ["from call p50 ms"] = HttpLoad.Percentile(fromCall, 0.5),
            ["from call p99 ms"] = HttpLoad.Percentile(fromCall, 0.99),
            ["rate/s"] = rate,
        };
    }

    private List<double> Sorted(int warmUp, double[] from) =>
        [.. Enumerable.Range(warmUp, tasks - warmUp).Select(task => Math.Max(0, _started[task] - from[task]) / 1000).Order()];
}
