namespace Orchestrator.Hosting.Metrics;

/// <summary>Families that a page shows whether they have samples yet or not.</summary>
internal interface IKnownFamilies
{
    IReadOnlyList<MetricFamily> List();
}
