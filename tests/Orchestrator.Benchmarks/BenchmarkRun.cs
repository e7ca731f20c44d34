using Orchestrator.Benchmarks.Figures;

namespace Orchestrator.Benchmarks;

/// <summary>Measures figures, each in rounds in which the contenders take turns.</summary>
internal sealed class BenchmarkRun(int rounds, TextWriter progress)
{
    /// <summary>Measures one figure. A contender that breaks loses its sample of that round, and nothing else.</summary>
    public async Task<Measured> MeasureAsync(Figure figure, CancellationToken interrupted)
    {
        var samples = figure.Contenders.ToDictionary(contender => contender.Name, _ => new List<Sample>());
        var failures = new List<Failure>();
        var count = Math.Min(figure.Rounds ?? rounds, rounds);
        for (var round = 1; round <= count; round++)
        {
            foreach (var contender in figure.Contenders)
            {
                interrupted.ThrowIfCancellationRequested();
                try
                {
                    var sample = Checked(await contender.MeasureAsync());
                    samples[contender.Name].Add(sample);
                    await SayAsync(string.Join(", ", sample.Where(value => !Series.IsPoint(value.Key)).Select(value => $"{value.Key} {Format.Of(value.Value)}")));
                }
                catch (Exception failure) when (!interrupted.IsCancellationRequested)
                {
                    failures.Add(new Failure(contender.Name, round, failure.Message));
                    await SayAsync($"BROKEN: {failure}");
                }

                Task SayAsync(string what) => progress.WriteLineAsync($"{figure.Name} {round}/{count} {contender.Name}: {what}");
            }
        }

        return new Measured(figure, samples.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<Sample>)pair.Value), failures);
    }

    private static Sample Checked(Sample sample) =>
        sample.FirstOrDefault(value => !double.IsFinite(value.Value)) is { Key: { } metric } odd
            ? throw new InvalidOperationException($"{metric} was measured as {odd.Value}.")
            : sample;
}
