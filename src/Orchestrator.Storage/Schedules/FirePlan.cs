namespace Orchestrator.Storage.Schedules;

/// <summary>What a schedule that is due has to do.</summary>
/// <param name="Fires">The times to fire now, in order; none when what is due is skipped.</param>
/// <param name="NextFireAt">When it is due next; null when never.</param>
public sealed record FirePlan(IReadOnlyList<PlannedFire> Fires, DateTimeOffset? NextFireAt);
