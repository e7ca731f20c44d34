using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using Orchestrator.Telemetry;

namespace Orchestrator.Hosting.Metrics;

/// <summary>Which instruments are exported, under which names, and with which buckets.</summary>
internal sealed class MetricViews(OrchestratorMeter own, IMeterFactory factory)
{
    /// <summary>How many label sets an instrument may have; all beyond them share one series. Room for them is taken at once.</summary>
    public const int MaxSeries = 500;

    /// <summary>Definitions times outcomes; and routes times methods times answers.</summary>
    public const int MaxRunSeries = 1_000;

    /// <summary>Definitions times their steps times outcomes.</summary>
    public const int MaxStepSeries = 10_000;

    /// <summary>Ours, and those built into the platform whose labels have few values. Of a client's requests one label is the host, which users choose.</summary>
    public static readonly string[] Meters =
        [OrchestratorMeter.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql"];

    // In Prometheus a name ends in _count only where it belongs to a histogram.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["dotnet.thread_pool.thread.count"] = "dotnet.thread_pool.threads",
        ["dotnet.timer.count"] = "dotnet.timers",
        ["dotnet.assembly.count"] = "dotnet.assemblies",
        ["dotnet.process.cpu.count"] = "dotnet.process.cpus",
        ["db.client.connection.count"] = "db.client.connections",
    };

    public MetricStreamConfiguration Of(Instrument instrument)
    {
        if (!IsOfThisHost(instrument.Meter))
        {
            return MetricStreamConfiguration.Drop;
        }

        var view = MetricFamily.KindOf(instrument) == MetricKind.Histogram ? Histogram(instrument) : new MetricStreamConfiguration();
        view.Name = Renamed.GetValueOrDefault(instrument.Name);
        view.CardinalityLimit = instrument.Name switch
        {
            InstrumentNames.StepDuration or InstrumentNames.StepQueueDuration => MaxStepSeries,
            InstrumentNames.Runs or InstrumentNames.RunDuration or "http.server.request.duration" => MaxRunSeries,
            _ => MaxSeries,
        };
        return view;
    }

    private static ExplicitBucketHistogramConfiguration Histogram(Instrument instrument)
    {
        var view = new ExplicitBucketHistogramConfiguration { RecordMinMax = false };
        if (instrument is Histogram<double> { Unit: "s", Advice: null })
        {
            // The SDK's own bounds are meant for milliseconds.
            view.Boundaries = [.. HistogramBounds.Work.HistogramBucketBoundaries!];
        }

        return view;
    }

    /// <summary>Two hosts in one process have meters of the same names; what the process has once is everybody's.</summary>
    private bool IsOfThisHost(Meter meter) =>
        meter.Name == OrchestratorMeter.Name ? own.Is(meter) : meter.Scope is null || ReferenceEquals(meter.Scope, factory);
}
