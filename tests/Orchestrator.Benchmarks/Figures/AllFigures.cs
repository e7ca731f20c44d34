namespace Orchestrator.Benchmarks.Figures;

/// <summary>Every figure, in the order of the report.</summary>
internal static class AllFigures
{
    public static IReadOnlyList<Figure> Create(Servers servers, BenchmarkScale scale) =>
    [
        BurnDownFigure.Create(servers, scale),
        SqliteFigure.Create(scale),
        BacklogFigure.Create(servers, scale),
        SilosFigure.Create(servers, scale),
        FeedFigure.Create(servers, scale),
        RunsFigure.Create(servers, scale),
        MemoryFigure.Create(servers, scale),
        StartUpFigure.Create(servers),
        WritesFigure.Create(servers, scale),
        SubmissionsFigure.Create(servers, scale),
        PickupFigure.Create(servers, scale),
        MixedFigure.Create(servers, scale),
        SoakFigure.Create(servers, scale),
    ];
}
