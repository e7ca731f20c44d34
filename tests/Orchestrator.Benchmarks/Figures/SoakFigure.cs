using Orchestrator.Benchmarks.Contenders;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>Whether throughput lasts while snapshots that are never given up keep every dead tuple in the tables.</summary>
internal static class SoakFigure
{
    private const string WithReaders = "ours, PostgreSQL, two open transactions";
    private const string WithoutReaders = "ours, PostgreSQL";
    private const string First = "first tasks/s";
    private const string Last = "last tasks/s";
    private const string DeadFirst = "first half, most dead tuples";
    private const string DeadLast = "second half, most dead tuples";
    private const int Slots = 500;

    public static Figure Create(Servers servers, BenchmarkScale scale) => new(
        "soak",
        $"One silo of {Slots} slots for {scale.SoakTime.TotalSeconds:0} s; completed tasks are purged after 30 s. For the first {scale.SoakSpan.TotalSeconds:0.#} s and for the last, after {LeadIn(scale).TotalSeconds:0.#} s to fill up, the queue is kept from running empty; in between, submissions come at half of the first rate. Two transactions hold a snapshot from before the start to the end, and the same again without them.",
        [
            new Contender(WithReaders, () => MeasureAsync(servers, scale, readers: 2)),
            new Contender(WithoutReaders, () => MeasureAsync(servers, scale, readers: 0)),
        ],
        [
            Goal.AtLeast(WithReaders, Last, 0.9) with { RelativeTo = WithReaders, RelativeMetric = First },
            Goal.AtLeast(WithoutReaders, Last, 0.9) with { RelativeTo = WithoutReaders, RelativeMetric = First },
            Goal.AtMost(WithoutReaders, DeadLast, 1.5) with { RelativeTo = WithoutReaders, RelativeMetric = DeadFirst },
        ])
    {
        Rounds = 1,
    };

    private static async Task<Sample> MeasureAsync(Servers servers, BenchmarkScale scale, int readers)
    {
        await using var schema = await servers.NewSchemaAsync();
        await using var store = OwnStore.OpenPostgres(schema.ConnectionString);
        await store.MigrateAsync(CancellationToken.None);
        await OwnStore.CreateWorkspacesAsync(store, scale.BurnDownWorkspaces);
        await using var snapshots = await OpenSnapshots.TakeAsync(schema, readers);
        await using var silos = await OwnSilos.StartAsync(schema, count: 1, Slots, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Retention:Completed"] = "30s",
            ["Retention:Interval"] = "5s",
        });
        await using var meter = await TableMeter.StartAsync(schema);
        var sample = new Sample();
        using var end = new CancellationTokenSource();
        var sampling = meter.SampleAsync(sample, scale.SoakTime / 60, end.Token);
        var producer = new SoakProducer(store, meter, scale.BurnDownWorkspaces);
        await SoakAsync(sample, producer, meter, scale);
        await end.CancelAsync();
        await sampling;
        (sample[DeadFirst], sample[DeadLast]) = meter.MostDeadTuples();
        return sample;
    }

    private static TimeSpan LeadIn(BenchmarkScale scale) => scale.SoakSpan / 6;

    private static async Task SoakAsync(Sample sample, SoakProducer producer, TableMeter meter, BenchmarkScale scale)
    {
        var (leadIn, span) = (LeadIn(scale), scale.SoakSpan);

        // Before each measured span the silo is warm and the queue full.
        await producer.SaturateAsync(scale.SoakDepth, leadIn);
        sample[First] = await meter.MeasureAsync(() => producer.SaturateAsync(scale.SoakDepth, span));
        await producer.SubmitSteadilyAsync(sample[First] / 2, scale.SoakTime - (2 * (span + leadIn)));
        await producer.SaturateAsync(scale.SoakDepth, leadIn);
        sample[Last] = await meter.MeasureAsync(() => producer.SaturateAsync(scale.SoakDepth, span));
    }
}
