using System.Collections.Frozen;
using System.Collections.ObjectModel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Retries;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Silos;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Execution;

/// <summary>
/// The actions of this process: what all providers offer, merged with <c>Actions:{action}</c>, which is bound to the named
/// options of <see cref="ActionOptions"/>. An action that two providers offer is a mistake: at start it is thrown, later the
/// first provider keeps it.
/// </summary>
public sealed partial class ActionCatalog : IDisposable
{
    private readonly IReadOnlyList<IActionProvider> _providers;
    private readonly IOptionsMonitor<ActionOptions> _actionOptions;
    private readonly RetryPolicy _retries;
    private readonly int _slots;
    private readonly AttemptInstruments _instruments;
    private readonly ILogger<ActionCatalog> _logger;
    private volatile FrozenDictionary<string, ActionEntry> _entries;

    public ActionCatalog(
        IEnumerable<IActionProvider> providers,
        IOptionsMonitor<ActionOptions> actionOptions,
        IOptions<RetryOptions> retryOptions,
        IOptions<SiloOptions> siloOptions,
        AttemptInstruments instruments,
        ILogger<ActionCatalog> logger)
    {
        _providers = [.. providers];
        _actionOptions = actionOptions;
        _retries = retryOptions.Value.ToPolicy();
        _slots = siloOptions.Value.Slots;
        _instruments = instruments;
        _logger = logger;
        _entries = Merge(static name => throw new InvalidOperationException($"The action '{name}' is offered by two workers; register it once."));
        foreach (var provider in _providers)
        {
            provider.Changed += OnProviderChanged;
        }
    }

    /// <summary>Raised after <see cref="Entries"/> changed.</summary>
    public event Action? Changed;

    /// <summary>The actions as they are now, by name.</summary>
    public IReadOnlyDictionary<string, ActionEntry> Entries => _entries;

    public ActionEntry? Find(string action) => _entries.GetValueOrDefault(action);

    /// <summary>The backoff of an action, also of one that this process does not offer.</summary>
    public RetryPolicy RetriesOf(string action)
    {
        var options = _actionOptions.Get(action);
        return new RetryPolicy(options.RetryBaseDelay ?? _retries.BaseDelay, options.RetryMaxDelay ?? _retries.MaxDelay);
    }

    /// <summary>The actions as the silo reports them.</summary>
    /// <param name="room">How many more attempts could begin, for actions that declare skills.</param>
    public IReadOnlyList<SiloAction> Describe(IReadOnlyDictionary<string, int> room) =>
    [
        .. Entries.Values.Select(entry => new SiloAction(entry.Name, entry.Concurrency, entry.Descriptor.UnavailableReason)
        {
            MaxCost = entry.MaxCost,
            Skills = entry.Skills.Count == 0 ? null : entry.Skills,
            Free = entry.Skills.Count == 0 ? null : room.GetValueOrDefault(entry.Name),
        }),
    ];

    public void Dispose()
    {
        foreach (var provider in _providers)
        {
            provider.Changed -= OnProviderChanged;
        }
    }

    private void OnProviderChanged()
    {
        _entries = Merge(LogDuplicate);
        Changed?.Invoke();
    }

    private FrozenDictionary<string, ActionEntry> Merge(Action<string> onDuplicate)
    {
        var entries = new Dictionary<string, ActionEntry>(StringComparer.Ordinal);
        foreach (var descriptor in _providers.SelectMany(static provider => provider.Actions))
        {
            if (!entries.TryAdd(descriptor.Name, NewEntry(descriptor)))
            {
                onDuplicate(descriptor.Name);
            }
        }

        _instruments.OnActionsKnown(entries.Keys);
        return entries.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private ActionEntry NewEntry(ActionDescriptor descriptor)
    {
        var options = _actionOptions.Get(descriptor.Name);
        var concurrency = options.Concurrency ?? descriptor.Concurrency ?? _slots;
        return new ActionEntry(descriptor, Math.Min(concurrency, _slots), RetriesOf(descriptor.Name))
        {
            MaxCost = options.MaxCost ?? descriptor.MaxCost,
            Skills = options.Skills ?? descriptor.Skills ?? ReadOnlyDictionary<string, double>.Empty,
            Provider = options.Provider ?? descriptor.Provider,
        };
    }
}
