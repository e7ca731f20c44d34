namespace Orchestrator.Storage.Resources;

/// <summary>When queues are to be looked at again.</summary>
/// <param name="In">Time until the first is due by the store's clock; null while nobody waits.</param>
/// <param name="AfterEnds">Whether somebody waits for a permit, so that the end of any attempt may be news.</param>
public readonly record struct NextLook(TimeSpan? In, bool AfterEnds);
