namespace Orchestrator.Cluster.Tests;

/// <summary>The tests that measure time: each alone on the machine, when all others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedGroup
{
    public const string Name = "timed";
}
