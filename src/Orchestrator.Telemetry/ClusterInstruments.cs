using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>The figures of the whole cluster. They are the same wherever they are read, so one of the processes that show them is to be asked.</summary>
public sealed class ClusterInstruments
{
    private readonly LabelCap _actions = new();
    private readonly LabelCap _providers = new();
    private readonly Counter<long> _failures;
    private volatile ClusterFigures? _figures;

    public ClusterInstruments(OrchestratorMeter meter)
    {
        Show(InstrumentNames.SlotsDemanded, "Attempts that run and ready tasks that may start within the limits of their workspaces, over the whole cluster; for autoscaling.", static figures => figures.SlotsDemanded);
        ShowBy("state", InstrumentNames.Tasks, "Live tasks of the whole cluster, by state.", static figures => figures.Tasks);
        ShowBy("reason", InstrumentNames.TasksWaiting, "Waiting tasks of the whole cluster, by what they wait for.", static figures => figures.TasksWaiting);
        ShowBy("action", InstrumentNames.TasksUnservable, "Ready tasks that no silo which is there serves, by action.", static figures => figures.TasksUnservable, _actions);
        ShowBy("state", InstrumentNames.Silos, "Silos that report, remote workers among them, by state.", static figures => figures.Silos);
        ShowBy("state", InstrumentNames.SiloSlots, "Slots of the silos that report, by state.", static figures => figures.SiloSlots);
        Show(InstrumentNames.Workspaces, "Workspaces of the whole cluster.", static figures => figures.Workspaces);
        ShowBy("reason", InstrumentNames.WorkspacesPaused, "Workspaces that are paused, by hand or by a fuse.", static figures => figures.WorkspacesPaused);
        ShowBy("provider", InstrumentNames.CircuitsOpen, "Workspaces whose circuit to a provider is open or being probed, by provider.", static figures => figures.CircuitsOpen, _providers);
        _failures = meter.CreateCounter(InstrumentNames.ClusterReadFailures, "Readings of the figures of the whole cluster that failed.");

        void Show(string name, string description, Func<ClusterFigures, long> find) => meter.Meter.CreateObservableGauge(
            name, () => _figures is { } figures ? [new Measurement<long>(find(figures))] : Array.Empty<Measurement<long>>(), null, description);

        void ShowBy(string label, string name, string description, Func<ClusterFigures, IReadOnlyDictionary<string, long>> find, LabelCap? cap = null) =>
            meter.Meter.CreateObservableGauge(name, () => _figures is { } figures ? Measure(find(figures), label, cap) : [], null, description);
    }

    /// <summary>Shows these figures from now on.</summary>
    public void OnRead(ClusterFigures figures)
    {
        _figures = figures;

        // This is made before anybody listens, so the zero of its making is not heard.
        _failures.Add(0);
    }

    /// <summary>Shows none until they are read again: old ones would pass for new.</summary>
    public void OnReadFailed()
    {
        _figures = null;
        _failures.Add(1);
    }

    private static IEnumerable<Measurement<long>> Measure(IReadOnlyDictionary<string, long> figures, string label, LabelCap? cap) => figures
        .GroupBy(figure => cap is null ? figure.Key : cap.Of(figure.Key), static figure => figure.Value, StringComparer.Ordinal)
        .Select(group => new Measurement<long>(group.Sum(), new KeyValuePair<string, object?>(label, group.Key)));
}
