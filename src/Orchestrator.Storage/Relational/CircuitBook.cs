using System.Globalization;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Naming;
using Orchestrator.Storage.Circuits;

namespace Orchestrator.Storage.Relational;

/// <summary>The circuits of one workspace, held by this transaction; what opens and closes them is told to the fuse.</summary>
internal sealed class CircuitBook
{
    private readonly Session _session;
    private readonly long _key;
    private readonly CircuitLimits _limits;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, CircuitRecord> _circuits;

    private CircuitBook(Session session, long key, string id, CircuitLimits limits, DateTimeOffset now, IEnumerable<CircuitRecord> circuits)
    {
        _session = session;
        _key = key;
        Workspace = id;
        _limits = limits;
        _now = now;
        _circuits = circuits.ToDictionary(static circuit => circuit.Provider, StringComparer.Ordinal);
    }

    public string Workspace { get; }

    /// <summary>How often the fuse has tripped here.</summary>
    public int Trips { get; private set; }

    /// <summary>Whether a circuit has opened or closed here.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Holds a workspace and reads its circuits; null when it is gone.</summary>
    public static async Task<CircuitBook?> OpenAsync(Session session, long key)
    {
        var workspace = Parameter.BigInteger("@key", key);
        if (await session.FindAsync("hold_workspace", static row => row.Text("id"), workspace).ConfigureAwait(false) is not { } id)
        {
            return null;
        }

        // Read after the lock, so that it is as new.
        var settings = await session.FindAsync(
            "find_circuit_limits",
            static row => new FuseSettings
            {
                CircuitFailures = row.IntegerOrNull("circuit_failures"),
                CircuitWindowSeconds = row.IntegerOrNull("circuit_window_seconds"),
                CircuitOpenSeconds = row.IntegerOrNull("circuit_open_seconds"),
            },
            workspace).ConfigureAwait(false);
        var circuits = await session.ReadCircuitsAsync([key]).ConfigureAwait(false);
        var now = await session.NowAsync().ConfigureAwait(false);
        return new CircuitBook(session, key, id, CircuitLimits.Of(settings ?? FuseSettings.Default), now, circuits.Select(static one => one.Circuit));
    }

    public CircuitRecord? Find(string provider) => _circuits.GetValueOrDefault(provider);

    /// <summary>Follows what an ended attempt says.</summary>
    public async Task RecordAsync(CircuitReport report)
    {
        var before = Find(report.Provider) ?? new CircuitRecord(report.Provider, Circuit.Untouched, null);
        var after = before.Circuit.Record(report.Verdict, report.Token, _now - report.Ran, _now, _limits);
        if (after != before.Circuit)
        {
            await ChangeAsync(before, after).ConfigureAwait(false);
        }
    }

    /// <summary>Closes all that are not closed, and forgets what was counted.</summary>
    public async Task ResetAsync()
    {
        foreach (var record in _circuits.Values.ToList())
        {
            await ChangeAsync(record, Circuit.ClosedAt(_now)).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets a circuit that nobody uses; it is closed before.</summary>
    public async Task ForgetAsync(string provider)
    {
        if (Find(provider) is { Circuit.State: not CircuitState.Closed } record)
        {
            await ChangeAsync(record, Circuit.ClosedAt(_now)).ConfigureAwait(false);
        }

        _circuits.Remove(provider);
        await _session.ExecuteAsync(
            "delete_circuit", Parameter.BigInteger("@key", _key), Parameter.Text("@provider", provider)).ConfigureAwait(false);
    }

    private async Task ChangeAsync(CircuitRecord before, Circuit after)
    {
        // Whoever waits is woken at once when it closes, and when it is time for a probe.
        var isNews = before.Circuit.State != after.State;
        var record = before with { Circuit = after, LookAt = isNews ? after.RetryAt ?? _now : before.LookAt };
        _circuits[before.Provider] = record;
        await _session.WriteCircuitAsync(_key, record, _now).ConfigureAwait(false);
        HasChanged |= isNews;
        if (before.Circuit.State == CircuitState.Closed && after.State == CircuitState.Open)
        {
            await TripAsync(before.Provider, after).ConfigureAwait(false);
        }
        else if (before.Circuit.State != CircuitState.Closed && after.State == CircuitState.Closed)
        {
            await CloseAsync(before.Provider).ConfigureAwait(false);
        }
    }

    private async Task TripAsync(string provider, Circuit circuit)
    {
        Trips++;
        await MarkAsync(true).ConfigureAwait(false);
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted.Of(circuit.Failures.Count, "failure")} of the provider {provider} without a success between them, within {_limits.Window.TotalSeconds} s.");
        await FuseBox.TripAsync(
            _session, _key, Fuse.CircuitBreaker, reason, null, pauses: false, new WorkspaceEventData { Provider = provider }).ConfigureAwait(false);
    }

    private async Task CloseAsync(string provider)
    {
        if (_circuits.Values.All(static record => record.Circuit.State == CircuitState.Closed))
        {
            await MarkAsync(false).ConfigureAwait(false);
            await _session.ExecuteAsync(
                "close_fuse", Parameter.BigInteger("@key", _key), Parameter.Text("@fuse", Fuse.CircuitBreaker.ToName())).ConfigureAwait(false);
        }

        var data = WorkspaceEventData.Of(Fuse.CircuitBreaker) with { Provider = provider };
        await WorkspaceJournal.RecordAsync(_session, _key, WorkspaceJournal.Reset, data).ConfigureAwait(false);
    }

    private Task<int> MarkAsync(bool open) =>
        _session.ExecuteAsync("mark_circuits", Parameter.BigInteger("@key", _key), Parameter.Flag("@open", open));
}
