using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Workspaces;

/// <summary>What the attempts consumed that were settled on one day, by UTC.</summary>
public sealed record DayUsage(DateOnly Day, TaskUsage Usage);
