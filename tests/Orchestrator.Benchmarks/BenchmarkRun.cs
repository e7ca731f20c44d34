using Orchestrator.Benchmarks.Figures;

namespace Orchestrator.Benchmarks;

/// <summary>Measures figures one after another, each in rounds in which the contenders take turns.</summary>
internal sealed class BenchmarkRun(int rounds, TextWriter progress)
{
    public async Task<IReadOnlyList<Measured>> MeasureAsync(IEnumerable<Figure> figures)
    {
        var all = new List<Measured>();
        foreach (var figure in figures)
        {
            all.Add(await MeasureAsync(figure));
        }

        return all;
    }

    private async Task<Measured> MeasureAsync(Figure figure)
    {
        var samples = figure.Contenders.ToDictionary(contender => contender.Name, _ => new List<Sample>());
        var count = figure.Rounds ?? rounds;
        for (var round = 1; round <= count; round++)
        {
            foreach (var contender in figure.Contenders)
            {
                var sample = await contender.MeasureAsync();
                samples[contender.Name].Add(sample);
                await progress.WriteLineAsync(
                    $"{figure.Name} {round}/{count} {contender.Name}: {string.Join(", ", sample.Where(value => !Series.IsPoint(value.Key)).Select(value => $"{value.Key} {Format.Of(value.Value)}"))}");
            }
        }

        return new Measured(figure, samples.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<Sample>)pair.Value));
    }
}
