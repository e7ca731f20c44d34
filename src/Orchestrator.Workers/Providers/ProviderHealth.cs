using Orchestrator.Core.Fuses;

namespace Orchestrator.Workers.Providers;

/// <summary>
/// What this process has seen of providers lately, so that fallbacks do not ask an ill one again and again. The circuits of workspaces,
/// which decide whether attempts start at all, are others: those are durable and shared.
/// </summary>
internal sealed class ProviderHealth(TimeProvider time)
{
    private static readonly CircuitLimits Limits = new(
        FuseDefaults.CircuitFailures, TimeSpan.FromSeconds(FuseDefaults.CircuitWindowSeconds), TimeSpan.FromSeconds(FuseDefaults.CircuitOpenSeconds));

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Circuit> _circuits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _closedUntil = new(StringComparer.Ordinal);
    private int _asked;

    /// <summary>One call of a provider, which is to be ended with a verdict.</summary>
    public readonly record struct Ticket(string Provider, Guid Id, DateTimeOffset StartedAt);

    /// <summary>A ticket to ask the provider, or null while it is to be left alone. When a pause is over, one caller probes it.</summary>
    /// <param name="anyway">Whether it is asked in any case, because there is no other.</param>
    public Ticket? Enter(string provider, bool anyway)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var ticket = new Ticket(provider, new Guid(++_asked, 0, 0, new byte[8]), now);
            var circuit = _circuits.GetValueOrDefault(provider, Circuit.Untouched);
            if (circuit.State == CircuitState.Open && circuit.RetryAt <= now)
            {
                _circuits[provider] = circuit with { State = CircuitState.HalfOpen, Probe = ticket.Id };
                return ticket;
            }

            return anyway || (circuit.State == CircuitState.Closed && !IsClosedNeedsLock(provider, now)) ? ticket : null;
        }
    }

    public void Leave(Ticket ticket, ProviderVerdict verdict)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var circuit = _circuits.GetValueOrDefault(ticket.Provider, Circuit.Untouched);

            // Whoever asks in any case has seen it well before the probe has.
            _circuits[ticket.Provider] = verdict == ProviderVerdict.Well && circuit.State != CircuitState.Closed
                ? Circuit.ClosedAt(now)
                : circuit.Record(verdict, ticket.Id, ticket.StartedAt, now, Limits);
        }
    }

    /// <summary>The provider wants to be left alone for so long.</summary>
    public void Close(string provider, TimeSpan pause)
    {
        lock (_lock)
        {
            _closedUntil[provider] = time.GetUtcNow() + pause;
        }
    }

    private bool IsClosedNeedsLock(string provider, DateTimeOffset now) => _closedUntil.TryGetValue(provider, out var until) && now < until;
}
