using System.Globalization;
using Orchestrator.Cli.Benchmarks;

namespace Orchestrator.Cli.LoadTests;

/// <summary>What is printed. Times are in milliseconds; latencies are those of the requests that completed.</summary>
internal sealed record LoadTestReport
{
    private const int ToldFailures = 10;

    public required int Requests { get; init; }
    public required double? Median { get; init; }
    public required double? P95 { get; init; }
    public required double? P99 { get; init; }
    public required double? QueueMedian { get; init; }
    public required double? QueueP95 { get; init; }

    /// <summary>Attempts beyond the first of each task.</summary>
    public required int Retries { get; init; }

    /// <summary>Requests that did not complete.</summary>
    public required int DefinitiveFailures { get; init; }

    public required int Concurrency { get; init; }
    public required string Action { get; init; }
    public required string Target { get; init; }
    public required int? PoolSize { get; init; }
    public required int? ThresholdMs { get; init; }
    public required bool WithinThreshold { get; init; }
    public required int Completed { get; init; }

    /// <summary>Definitive failures by their codes.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    /// <summary>HTTP requests that were sent again.</summary>
    public int RequestRetries { get; init; }

    public required double? Min { get; init; }
    public required double? Mean { get; init; }
    public required double? Max { get; init; }
    public required double DurationMs { get; init; }
    public required double RequestsPerSecond { get; init; }

    internal bool IsGood => WithinThreshold && DefinitiveFailures == 0;

    public static LoadTestReport Of(LoadTestSettings settings, LoadTestResult result)
    {
        var latencies = new Percentiles(result.Outcomes.Where(outcome => outcome.Latency is not null).Select(outcome => outcome.Latency!.Value));
        var queue = new Percentiles(result.Outcomes.Where(outcome => outcome.Queue is not null).Select(outcome => outcome.Queue!.Value));
        var failures = result.Outcomes.Where(outcome => outcome.FailureCode is not null)
            .GroupBy(outcome => outcome.FailureCode!).OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count());
        return new LoadTestReport
        {
            Requests = settings.Requests,
            Median = latencies.Median,
            P95 = latencies.Of(95),
            P99 = latencies.Of(99),
            QueueMedian = queue.Median,
            QueueP95 = queue.Of(95),
            Retries = result.Outcomes.Sum(outcome => outcome.Retries),
            DefinitiveFailures = failures.Values.Sum(),
            Concurrency = settings.Concurrency,
            Action = settings.Action,
            Target = settings.Url?.ToString() ?? "embedded",
            PoolSize = settings.PoolSize,
            ThresholdMs = settings.ThresholdMs,
            WithinThreshold = settings.ThresholdMs is not { } threshold || latencies.Median <= threshold,
            Completed = settings.Requests - failures.Values.Sum(),
            Failures = failures,
            Min = latencies.Min,
            Mean = latencies.Mean,
            Max = latencies.Max,
            DurationMs = Math.Round(result.Duration.TotalMilliseconds, 1),
            RequestsPerSecond = Math.Round(settings.Requests / Math.Max(result.Duration.TotalSeconds, 0.001), 1),
        };
    }

    /// <summary>Why the exit code is not 0, in words.</summary>
    public IEnumerable<string> WhyNotGood(LoadTestResult result)
    {
        if (!WithinThreshold && Median is not null)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The median of {Median} ms exceeds the threshold of {ThresholdMs} ms.");
        }

        if (DefinitiveFailures > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{DefinitiveFailures} of {Requests} requests failed for good:");
        }

        var told = result.Outcomes.Where(outcome => outcome.FailureCode is not null)
            .GroupBy(outcome => (outcome.FailureCode, outcome.FailureMessage)).Take(ToldFailures);
        foreach (var group in told)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {group.Count()} × {group.Key.FailureCode}: {group.Key.FailureMessage}");
        }
    }
}
