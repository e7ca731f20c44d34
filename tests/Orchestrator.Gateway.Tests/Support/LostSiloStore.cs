using Orchestrator.Storage.Silos;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>The silos of the store, and one that has been silent for a while.</summary>
internal sealed class LostSiloStore(ISiloStore inner, TimeSpan silence) : ISiloStore
{
    public static readonly Guid Id = Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057");

    public Task<bool> ReportAsync(SiloRecord silo, CancellationToken cancellationToken) => inner.ReportAsync(silo, cancellationToken);

    public async Task<IReadOnlyList<SiloRecord>> ListAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var present = await inner.ListAsync(limit, cancellationToken);
        return silence < limit ? [.. present, Lost()] : present;
    }

    public Task<IReadOnlyList<string>> FindReadyLanesAsync(IReadOnlyCollection<string> skills, int limit, CancellationToken cancellationToken) =>
        inner.FindReadyLanesAsync(skills, limit, cancellationToken);

    public Task<bool> RequestDrainAsync(Guid id, CancellationToken cancellationToken) => inner.RequestDrainAsync(id, cancellationToken);

    public Task RemoveAsync(Guid id, CancellationToken cancellationToken) => inner.RemoveAsync(id, cancellationToken);

    private SiloRecord Lost() => new()
    {
        Id = Id,
        Name = "lost",
        Host = "host",
        ProcessId = 4711,
        Slots = 64,
        Busy = 3,
        Actions = [new SiloAction("test.lost", 1)],
        Draining = false,
        Silence = silence,
    };
}
