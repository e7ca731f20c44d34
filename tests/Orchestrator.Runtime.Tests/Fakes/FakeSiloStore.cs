using Orchestrator.Storage.Silos;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>Silos that are there.</summary>
internal sealed class FakeSiloStore : ISiloStore
{
    public List<SiloRecord> Silos { get; } = [];

    public void Add(int slots, int busy, params SiloAction[] actions) => Silos.Add(new SiloRecord
    {
        Id = Guid.NewGuid(),
        Name = "one",
        Host = "host",
        ProcessId = 1,
        Slots = slots,
        Busy = busy,
        Actions = actions,
        Draining = false,
    });

    public Task<IReadOnlyList<SiloRecord>> ListAsync(TimeSpan silence, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SiloRecord>>(Silos);

    public Task<bool> ReportAsync(SiloRecord silo, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> FindReadyLanesAsync(IReadOnlyCollection<string> skills, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RequestDrainAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemoveAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
