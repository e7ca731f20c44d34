using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers.Summaries;

/// <summary><c>generation.summary</c>: chooses the sentences of a text that say most of it. No model, no network.</summary>
public sealed class SummaryWorker : IWorker<SummaryInput, SummaryOutput>
{
    public const string Action = "generation.summary";

    /// <exception cref="WorkerException">The input is not usable; the message names every offending member.</exception>
    public Task<SummaryOutput> ExecuteAsync(SummaryInput input, IWorkerContext context, CancellationToken cancellationToken)
    {
        Check(input);
        // Pure computation, up to seconds for the largest texts: off the caller's thread.
        return Task.Run(
            () => Summarizer.Summarize(input.Text, input.MaxSentences ?? SummaryInput.DefaultMaxSentences, input.Language, cancellationToken),
            cancellationToken);
    }

    private static void Check(SummaryInput input)
    {
        var problems = new List<string>();
        if (!input.Text.Any(char.IsLetterOrDigit))
        {
            problems.Add("$.text: must contain words.");
        }

        if (input.MaxSentences is < SummaryInput.MinMaxSentences or > SummaryInput.MaxMaxSentences)
        {
            problems.Add($"$.maxSentences: must be from {SummaryInput.MinMaxSentences} to {SummaryInput.MaxMaxSentences}.");
        }

        if (input.Language is { } language && (language.Length is < 2 or > 35 || !language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
        {
            problems.Add("$.language: must be a language tag such as \"en\" or \"pt-BR\".");
        }

        if (problems.Count > 0)
        {
            throw new WorkerException(ErrorCodes.InvalidInput, string.Join(' ', problems));
        }
    }
}
