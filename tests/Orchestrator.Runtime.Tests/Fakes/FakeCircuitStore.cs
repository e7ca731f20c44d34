using Orchestrator.Storage.Circuits;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>Remembers what was reported.</summary>
internal sealed class FakeCircuitStore : ICircuitStore
{
    public List<CircuitReport> Reports { get; } = [];

    public CircuitCheck Answer { get; set; } = new([], false);

    public Task<CircuitCheck> ReportAsync(IReadOnlyList<CircuitReport> reports, CancellationToken cancellationToken)
    {
        Reports.AddRange(reports);
        return Task.FromResult(Answer);
    }

    public Task<IReadOnlyList<Guid>> WakeAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Guid>>([]);

    public Task<TimeSpan?> FindNextLookAsync(CancellationToken cancellationToken) => Task.FromResult<TimeSpan?>(null);
}
