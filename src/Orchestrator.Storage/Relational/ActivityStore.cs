using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Activity;

namespace Orchestrator.Storage.Relational;

internal sealed class ActivityStore(IDatabase database) : IActivityStore
{
    public Task<PollingTier> FindTierAsync(TimeSpan lowAfter, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FindAsync("find_activity", Read, Parameter.Span("@low_after", lowAfter)), cancellationToken);

    private static PollingTier Read(Row row) =>
        row.Flag("runs") || row.Flag("has_high") ? PollingTier.High
        : !row.Flag("is_open") ? PollingTier.Maintenance
        : row.Flag("is_recent") ? PollingTier.Normal
        : PollingTier.Low;
}
