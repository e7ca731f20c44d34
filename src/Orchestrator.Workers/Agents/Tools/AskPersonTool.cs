using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Models;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Workers.Agents.Tools;

/// <summary>Asks a person, and waits for the answer without a slot.</summary>
internal sealed class AskPersonTool : IAgentTool
{
    private const int MaxQuestionLength = 10_000;
    private const long MaxTimeoutMs = 365L * 24 * 60 * 60 * 1000;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ChatTool Description { get; } = new(
        AgentTools.AskPerson,
        "Asks a person for a decision and waits for it. Answers the decision (approve, reject, continue or retry; expired when nobody answered in time), with the person's comment and edits of the details.",
        """
        {"type":"object","required":["question"],"additionalProperties":false,"properties":{
          "question":{"type":"string","description":"What the person is to decide, in words for that person."},
          "details":{"description":"What the decision is about, as JSON that the person may edit."},
          "timeoutMs":{"type":"integer","description":"How long to wait for the answer; as long as it takes when left out."}
        }}
        """u8.ToArray());

    public async Task<ToolOutcome> CallAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (await context.Attempt.Journal.FindAnswerAsync(context.Key, cancellationToken).ConfigureAwait(false) is { } answer)
        {
            return new ToolOutcome.Answered(Describe(answer));
        }

        if (!arguments.TryGetProperty("question", out var question) || question.ValueKind != JsonValueKind.String
            || question.GetString() is not { Length: > 0 and <= MaxQuestionLength } text)
        {
            return new ToolOutcome.Failed($"\"question\" must be a text of 1 to {MaxQuestionLength} characters.");
        }

        TimeSpan? limit = null;
        if (arguments.TryGetProperty("timeoutMs", out var timeout) && timeout.ValueKind != JsonValueKind.Null)
        {
            if (timeout.ValueKind != JsonValueKind.Number || !timeout.TryGetInt64(out var milliseconds) || milliseconds is < 1 or > MaxTimeoutMs)
            {
                return new ToolOutcome.Failed($"\"timeoutMs\" must be a whole number from 1 to {MaxTimeoutMs}.");
            }

            limit = TimeSpan.FromMilliseconds(milliseconds);
        }

        var details = arguments.TryGetProperty("details", out var value) && value.ValueKind != JsonValueKind.Null
            ? JsonMarshal.GetRawUtf8Value(value).ToArray()
            : default(ReadOnlyMemory<byte>?);
        return new ToolOutcome.Asks(new ApprovalRequest(text, details, limit) { Key = context.Key });
    }

    private static string Describe(ApprovalAnswer answer)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("decision", answer.Decision.ToString().ToLowerInvariant());
            if (answer.Edits is { } edits)
            {
                json.WritePropertyName("edits");
                json.WriteRawValue(edits.Span);
            }

            if (answer.Comment is { } comment)
            {
                json.WriteString("comment", comment);
            }

            if (answer.Decision == ApprovalDecision.Expired)
            {
                json.WriteString("message", "Nobody answered in time.");
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
