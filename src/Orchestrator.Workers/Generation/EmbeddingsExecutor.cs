using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Generation;

/// <summary><c>embeddings</c>: the vectors of texts.</summary>
internal sealed class EmbeddingsExecutor(GenerationOptions options, ModelChoice choice, ModelRouter router) : GenerationExecutor<EmbeddingsInput>
{
    public const string Action = "embeddings";

    private const int MaxTexts = 2_000;

    private readonly ChatReader _reader = new(options);

    private protected override void Check(EmbeddingsInput input, InputFaults faults)
    {
        choice.Of(input.Model, choice.Embedding, faults);
        Read(input.Input, faults);
    }

    private protected override async Task<AttemptResult> AnswerAsync(EmbeddingsInput input, AttemptContext context, CancellationToken cancellationToken)
    {
        var faults = new InputFaults();
        var models = choice.Of(input.Model, choice.Embedding, faults);
        var texts = Read(input.Input, faults);
        if (!faults.IsEmpty)
        {
            return InvalidInput(faults.ToString());
        }

        var answer = await router.EmbedAsync(models[0], texts, cancellationToken).ConfigureAwait(false);
        var model = models[0].ToString();
        return Succeed(new EmbeddingsOutput(model, [.. answer.Vectors.Select(static vector => vector.ToArray())]), model, answer.Usage);
    }

    private List<string> Read(JsonElement input, InputFaults faults)
    {
        var texts = new List<string>();
        if (input.ValueKind != JsonValueKind.Array)
        {
            Take(input, "$.input", "must be a text or a list of texts.");
        }
        else if (input.GetArrayLength() is 0 or > MaxTexts)
        {
            faults.Add("$.input", $"must have from 1 to {MaxTexts} texts.");
        }
        else
        {
            foreach (var (i, item) in input.EnumerateArray().Index())
            {
                Take(item, string.Create(CultureInfo.InvariantCulture, $"$.input[{i}]"), "must be a text.");
            }
        }

        _reader.CheckSize(texts.Sum(static text => (long)Encoding.UTF8.GetByteCount(text)), faults);
        return texts;

        void Take(JsonElement item, string path, string problem)
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                faults.Add(path, problem);
            }
            else if (string.IsNullOrWhiteSpace(item.GetString()))
            {
                faults.Add(path, "must not be empty.");
            }
            else
            {
                texts.Add(item.GetString()!);
            }
        }
    }
}
