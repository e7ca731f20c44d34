namespace Orchestrator.Storage.Circuits;

/// <summary>The circuits of workspaces: one for each provider that failed them. Turns ask them; see <see cref="Turns.ActionCapacity.Provider"/>.</summary>
public interface ICircuitStore
{
    /// <summary>
    /// Follows what ended attempts say about their providers, in the given order: opens and closes circuits. While all goes well it
    /// writes nothing.
    /// </summary>
    Task<CircuitCheck> ReportAsync(IReadOnlyList<CircuitReport> reports, CancellationToken cancellationToken);

    /// <summary>
    /// Makes tasks ready again that wait for providers: all, batch by batch, once the circuit is closed, and those that may probe a
    /// provider when it is time. Lets go of probes that are gone. Answers the tasks.
    /// </summary>
    Task<IReadOnlyList<Guid>> WakeAsync(CancellationToken cancellationToken);

    /// <summary>How long until a circuit is to be looked at; null when none is.</summary>
    Task<TimeSpan?> FindNextLookAsync(CancellationToken cancellationToken);
}
