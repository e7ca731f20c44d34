using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Telemetry;

namespace Orchestrator.Gateway.Tests.Documents;

/// <summary>Every instrument of the product with its labels, found by calling each method of each class of instruments once.</summary>
internal sealed class InstrumentCatalog
{
    private readonly SortedDictionary<string, (Instrument Instrument, IReadOnlyList<string> Labels)> _found = new(StringComparer.Ordinal);

    private InstrumentCatalog()
    {
    }

    public IReadOnlyCollection<(Instrument Instrument, IReadOnlyList<string> Labels)> Items => _found.Values;

    public static InstrumentCatalog Read()
    {
        var catalog = new InstrumentCatalog();
        var types = typeof(OrchestratorMeter).Assembly.GetExportedTypes().Where(type => type.Name.EndsWith("Instruments", StringComparison.Ordinal)).ToList();
        using var services = types.Aggregate(new ServiceCollection().AddSingleton<OrchestratorMeter>(), (all, type) => all.AddSingleton(type)).BuildServiceProvider();
        using var listener = catalog.Listen(services.GetRequiredService<OrchestratorMeter>());
        foreach (var type in types)
        {
            var instruments = services.GetRequiredService(type);
            foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                method.Invoke(instruments, [.. method.GetParameters().Select(Sample)]);
                listener.RecordObservableInstruments();
            }
        }

        return catalog;
    }

    private MeterListener Listen(OrchestratorMeter meter)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (meter.Is(instrument.Meter))
                {
                    _found.Add(instrument.Name, (instrument, []));
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => OnMeasured(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => OnMeasured(instrument, tags));
        listener.Start();
        return listener;
    }

    private void OnMeasured(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var tag in tags)
        {
            labels.Add(tag.Key);
        }

        if (_found[instrument.Name].Labels.Count <= labels.Count)
        {
            _found[instrument.Name] = (instrument, labels);
        }
    }

    private static ClusterFigures SampleFigures()
    {
        var one = new Dictionary<string, long> { ["x"] = 1 };
        return new ClusterFigures
        {
            SlotsDemanded = 1,
            Tasks = one,
            TasksWaiting = one,
            TasksUnservable = one,
            Silos = one,
            SiloSlots = one,
            Workspaces = 1,
            WorkspacesPaused = one,
            CircuitsOpen = one,
        };
    }

    private static object Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "x",
        var type when type == typeof(IEnumerable<string>) => new[] { "x" },
        var type when type == typeof(int) => 1,
        var type when type == typeof(long) => 1L,
        var type when type == typeof(double) => 1.0,
        var type when type == typeof(bool) => true,
        var type when type == typeof(ClusterFigures) => SampleFigures(),
        var type when type == typeof(TimeSpan) => TimeSpan.FromSeconds(1),
        var type => throw new NotSupportedException($"{parameter.Member.DeclaringType!.Name}.{parameter.Member.Name} takes a {type.Name}; give this a sample of one."),
    };
}
