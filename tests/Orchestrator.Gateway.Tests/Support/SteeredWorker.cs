using System.Text.Json;
using Orchestrator.Runtime.Steering;
using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Listens until it has heard so many messages, then asks each of its questions, and answers all that it was told.</summary>
public sealed class SteeredWorker : IWorker<SteeredWorker.Input, SteeredWorker.Output>
{
    public const string Action = "test.steered";

    public sealed record Input(int Messages = 0, string[]? Questions = null, int? TimeLimitMs = null, JsonElement? Details = null);

    public sealed record Output(string[] Heard, string[] Decisions, JsonElement? Edits, string? Comment);

    public async Task<Output> ExecuteAsync(Input input, IWorkerContext context, CancellationToken cancellationToken)
    {
        var heard = context.FindCheckpoint<List<string>>() ?? [];
        while (heard.Count < input.Messages)
        {
            var messages = await context.ReadMessagesAsync(cancellationToken);
            if (messages.Count == 0)
            {
                await Task.Delay(10, cancellationToken);
                continue;
            }

            heard.AddRange(messages.Select(message => $"{message.Role}: {message.Content}"));
            await context.SaveCheckpointAsync(heard, messages[^1].Number, cancellationToken);
        }

        var answers = new List<ApprovalAnswer>();
        foreach (var question in input.Questions ?? [])
        {
            ReadOnlyMemory<byte>? details = input.Details is { } value ? JsonSerializer.SerializeToUtf8Bytes(value) : default(ReadOnlyMemory<byte>?);
            TimeSpan? limit = input.TimeLimitMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
            answers.Add(await context.AskAsync(new ApprovalRequest(question, details, limit), cancellationToken));
        }

        var last = answers.LastOrDefault();
        return new Output(
            [.. heard],
            [.. answers.Select(answer => answer.Decision.ToString())],
            last?.Edits is { } edits ? JsonSerializer.Deserialize<JsonElement>(edits.Span) : null,
            last?.Comment);
    }
}
