using Orchestrator.Runtime.Runs;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Validators;

/// <summary>Reads schemas of inputs of runs.</summary>
public sealed class InputSchemaReader : IInputSchemaReader
{
    public IInputSchema? Read(ReadOnlyMemory<byte> schema, out IReadOnlyList<InputMistake> mistakes)
    {
        try
        {
            mistakes = [];
            return new InputSchema(PayloadSchema.Parse(schema));
        }
        catch (SchemaException refused)
        {
            mistakes = ToMistakes(refused.Errors);
            return null;
        }
    }

    private static List<InputMistake> ToMistakes(IReadOnlyList<PayloadError> errors) => [.. errors.Select(static error => new InputMistake(error.Path, error.Message))];

    private sealed class InputSchema(PayloadSchema schema) : IInputSchema
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        public IReadOnlyList<InputMistake> Check(ReadOnlyMemory<byte> input, out double cost) => ToMistakes(schema.Check(input, out cost));

        public async Task<IReadOnlyList<InputMistake>?> CheckAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken) =>
            await CheckPlaces.CheckAsync(() => Check(input, out _), Patience, cancellationToken).ConfigureAwait(false);
    }
}
