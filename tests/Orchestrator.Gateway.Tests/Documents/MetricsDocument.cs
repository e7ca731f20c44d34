using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Orchestrator.Hosting.Metrics;
using Orchestrator.Runtime.Observing;
using Orchestrator.Telemetry;

namespace Orchestrator.Gateway.Tests.Documents;

/// <summary>Makes <c>docs/metrics.md</c> from the instruments.</summary>
internal static class MetricsDocument
{
    private static readonly string Preamble = $$"""
        # Metrics

        Made from the instruments by a test; change the instruments and run `ORCHESTRATOR_UPDATE_SNAPSHOTS=1 dotnet test tests/Orchestrator.Gateway.Tests`.

        Gateway and silo each answer `GET /metrics` at the addresses that they listen on: Prometheus text, `text/plain; version=0.0.4`. No key is asked for;
        who may reach it is the network's business. It tells names of actions, definitions and steps, and nothing of what tasks are given or answer.

        Figures are those of one process, from its start; add them up over all of them. Those [of the whole cluster](#of-the-whole-cluster) are alike wherever they are told.

        ```yaml
        scrape_configs:
          - job_name: orchestrator
            static_configs:
              - targets: ["gateway-1:8080", "silo-1:8081", "silo-2:8081"]
        ```

        ```bash
        curl -s http://127.0.0.1:8080/metrics | grep orchestrator_
        ```

        - [Questions](#questions) · [What there is](#what-there-is) · [Of the whole cluster](#of-the-whole-cluster) · [Buckets](#buckets) · [Labels](#labels) · [Of the platform](#of-the-platform) · [In your own host](#in-your-own-host) · [Cost](#cost)

        ## Questions

        ```promql
        # P95 orchestration run duration (seconds) over 5m window
        histogram_quantile(
          0.95,
          sum(rate(orchestration_run_duration_seconds_bucket[5m])) by (le, definition)
        )

        # Mean step execution time by step id
        sum(rate(orchestration_step_duration_seconds_sum[5m])) by (definition, step)
        /
        sum(rate(orchestration_step_duration_seconds_count[5m])) by (definition, step)

        # Queue latency alert: >5s queue time across any step
        sum(rate(orchestration_step_queue_seconds_sum[5m])) by (definition, step)
        /
        sum(rate(orchestration_step_queue_seconds_count[5m])) by (definition, step)
        > 5

        # Tasks a second, by action
        sum(rate(orchestrator_task_duration_seconds_count[5m])) by (action)
        ```

        The first three were given with the metrics; a test asks a real Prometheus for them after a mixed load. A rate needs two scrapes between which the
        counter rises, and a series that first appears with its last value has none. Counters therefore begin at 0: those without labels
        with their process, those of a definition with the first that the process hears of it, those of an action once the process serves it or a remote worker asks it for such tasks, failures with every code that there is, fuses, outcomes of webhooks, failed writes and
        failed maintenance with every name. A histogram
        begins with its first figure, so of a step that has run once in a process there is a count and no rate; ask for that without `rate`.

        ```promql
        # Runs that failed in the last hour, by definition
        sum(increase(orchestration_runs_total{status="failed"}[1h])) by (definition) > 0
        ```

        Dashboards, alerts and what to do about them: [monitoring.md](monitoring.md).

        Which process counts a run or a step is by chance (a silo that ends a task, a gateway where a person aborts the run), and each is counted by one: add them
        up, by any labels but `job` and `instance`.

        ## What there is

        A family shows its HELP and TYPE once its process can have figures for it, and samples from its first measurement on. The name
        `orchestrator_pool_workers_total` is a gauge for all that it ends in; `promtool check metrics` complains of it, and of nothing else.


        """;

    private static readonly string Rest = $$"""

        ## Of the whole cluster

        `{{InstrumentNames.SlotsDemanded}}`, `{{InstrumentNames.Tasks}}`, `{{InstrumentNames.TasksWaiting}}`, `{{InstrumentNames.TasksUnservable}}`, `{{InstrumentNames.Silos}}`, `{{InstrumentNames.SiloSlots}}`,
        `{{InstrumentNames.Workspaces}}`, `{{InstrumentNames.WorkspacesPaused}}` and `{{InstrumentNames.CircuitsOpen}}` are read from the store. Gateways tell them, and hosts that embed
        the orchestrator; processes that are a silo and nothing else do not. Several gateways tell the same, so ask for the highest, never for the sum:

        ```promql
        # Silos of 64 slots that the work of now would fill; what an autoscaler asks
        ceil(max(orchestrator_slots_demanded) / 64)

        # Work waits and nobody serves it
        max by (action) (orchestrator_tasks_unservable) > 0
        ```

        `{{InstrumentNames.SlotsDemanded}}` counts the attempts that run, and of the ready tasks those that may start: not those of a paused workspace, of one as many as its `maxParallel` leaves room
        for, and none that no silo which is there serves. Where no silo is there at all every ready task counts, so that a cluster can start from none; a group of silos that is scaled by itself adds
        `{{InstrumentNames.TasksUnservable}}` of its actions. Slots and demand of remote workers are in it too.

        They are read when somebody scrapes, once for all who do at the same time, at most every {{ClusterReader.KeptFor.TotalSeconds}} seconds, and less often where reading takes longer: it takes no more than a fiftieth of one connection.
        No count goes beyond {{N(ClusterReader.Most)}}; scheduled, blocked and waiting tasks share one such bound. While the store does not answer they have no samples.

        ## Buckets

        Upper bounds; the last one is `+Inf`.

        | of | bounds |
        |---|---|
        | calls | {{Bounds(HistogramBounds.Calls)}} s |
        | work | {{Bounds(HistogramBounds.Work)}} s |
        | runs | {{Bounds(HistogramBounds.Runs)}} s |
        | counts | {{Bounds(HistogramBounds.Counts)}} |

        ## Labels

        `definition` is `owner/name@version` where there is one, else the id of the run's definition. A run counts as started once and as ended each
        time that it ends: a failed one that a person has go on ends again, and its time is then that from its start. A step has a figure for each of its tasks that ends: a step
        with items one for each item, one that a person had done again one for each round. The time of execution is that of all attempts of the task, without pauses
        and without waiting for people; the time in the queue that until the first of them. What undoes a step is no execution of it and counts in no metric of steps;
        what the cache answered, a decision alone and what the run gave up (it was aborted meanwhile) are none either. A sub-run counts as a run of its own
        definition, and the step that started it has no time of its own.

        A label whose values users choose (`action`, `code`, `definition`, `model`, `provider`, `step`) keeps its first {{LabelCap.MaxValues}} values in a process; all later ones are
        `{{LabelCap.Other}}`. Beside that a metric keeps {{MetricViews.MaxSeries}} sets of labels apart, one of runs {{N(MetricViews.MaxRunSeries)}}, one of steps {{N(MetricViews.MaxStepSeries)}}; what would be more is
        added up in one series, whose only label is `otel_metric_overflow="true"`.

        ## Of the platform

        | prefix | of |
        |---|---|
        | `dotnet_` | the runtime: processor time, memory, garbage collection, locks, thread pool, exceptions |
        | `http_server_` | requests by route, method and status |
        | `kestrel_` | connections |
        | `db_client_` | connections to PostgreSQL and commands sent through them; the pool is called `orchestrator` |

        Names follow the rules of OpenTelemetry for Prometheus: `http.server.request.duration` in `s` becomes `http_server_request_duration_seconds`. Five that would
        end in `_count`, which belongs to histograms, are called otherwise: `dotnet_thread_pool_threads`, `dotnet_timers`, `dotnet_assemblies`, `dotnet_process_cpus`,
        `db_client_connections`.

        ## In your own host

        [A host that embeds the orchestrator](embedding.md) maps the endpoint itself:

        ```csharp
        app.MapMetrics(); // using Orchestrator.Hosting.Metrics
        ```

        The instruments are those of `System.Diagnostics.Metrics`, under one meter of the name `{{OrchestratorMeter.Name}}`; any other exporter may be told that name, and a
        running process can be watched with `dotnet-counters monitor --process-id $pid --counters {{OrchestratorMeter.Name}}`. Several hosts in one process each
        show their own figures, and those that the process has once (`dotnet_`, `db_client_`).

        `OTEL_SDK_DISABLED=true` switches measuring off; the page then has no samples.

        ## Cost

        Measured on two cores of a virtual machine, with every count and time of this page switched on:

        | | |
        |---|---|
        | recording one figure | 35 to 100 ns, no memory |
        | executing a short task, with measuring and without it (median of three runs of 15,000) | 85 and 88 µs of the silo's processor time; 5,600 and 5,200 a second, which is within the noise |
        | memory of a silo | 13 MB more |
        | a scrape of a silo, idle and while it executes thousands of tasks a second | 3 ms, 30 kB |
        | a scrape with 200 definitions of 10 steps | 35 ms, 10 MB |
        | a scrape with every limit of labels reached | 110 ms, 48 MB |

        However many scrape at the same time, figures are collected once, and the answer is given again for {{(int)ProcessMetrics.CacheTime.TotalMilliseconds}} ms.

        """;

    public static string Write(InstrumentCatalog catalog)
    {
        var document = new StringBuilder(Preamble);
        document.Append("| metric | type | labels | unit | what it is |\n|---|---|---|---|---|\n");
        foreach (var (instrument, labels) in catalog.Items)
        {
            var kind = MetricFamily.KindOf(instrument);
            var type = kind == MetricKind.Histogram ? $"histogram of {BucketsOf(instrument)}" : $"{kind}".ToLowerInvariant();
            document.Append(CultureInfo.InvariantCulture, $"| `{PrometheusNames.Family(instrument.Name, instrument.Unit, kind)}` | {type} | {string.Join(", ", labels.Select(label => $"`{label}`"))} | {(instrument.Unit == "s" ? "seconds" : instrument.Unit)} | {instrument.Description} |\n");
        }

        return document.Append(Rest).ToString().ReplaceLineEndings("\n");
    }

    private static string BucketsOf(Instrument histogram) => histogram switch
    {
        Histogram<double> { Advice: var advice } when advice == HistogramBounds.Calls => "calls",
        Histogram<double> { Advice: var advice } when advice == HistogramBounds.Work => "work",
        Histogram<double> { Advice: var advice } when advice == HistogramBounds.Runs => "runs",
        Histogram<long> { Advice: var advice } when advice == HistogramBounds.Counts => "counts",
        _ => throw new NotSupportedException($"{histogram.Name} has bounds of its own; use those of {nameof(HistogramBounds)}."),
    };

    private static string Bounds<T>(InstrumentAdvice<T> advice)
        where T : struct, IFormattable =>
        string.Join(", ", advice.HistogramBucketBoundaries!.Select(bound => bound.ToString(null, CultureInfo.InvariantCulture)));

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
