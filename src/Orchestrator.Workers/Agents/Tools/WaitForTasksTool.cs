using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Core.Agents;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Agents.Loop;

namespace Orchestrator.Workers.Agents.Tools;

/// <summary>Waits until tasks that the agent created have ended, without a slot, and answers how they ended.</summary>
internal sealed class WaitForTasksTool : IAgentTool
{
    /// <summary>What of each task's result is shown at least, however many there are.</summary>
    private const int LeastOfResult = 200;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ChatTool Description { get; } = new(
        AgentTools.WaitForTasks,
        "Waits until tasks that you created have ended, and answers how: a list with each task's status and its result or error.",
        """
        {"type":"object","additionalProperties":false,"properties":{
          "tasks":{"type":"array","items":{"type":"string"},"description":"The ids that create_task answered; all of them when left out."}
        }}
        """u8.ToArray());

    public async Task<ToolOutcome> CallAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (Find(context, arguments) is not { } tasks)
        {
            return new ToolOutcome.Failed("\"tasks\" must be a list of ids as create_task answers them.");
        }

        if (tasks.Count == 0)
        {
            return new ToolOutcome.Failed("There is no task to wait for: create one first.");
        }

        try
        {
            return await context.Attempt.Delegation.FindOutcomesAsync(tasks, cancellationToken).ConfigureAwait(false) is { } outcomes
                ? new ToolOutcome.Answered(Describe(outcomes))
                : new ToolOutcome.Waits(tasks);
        }
        catch (DelegationException exception)
        {
            return new ToolOutcome.Failed(exception.Message);
        }
    }

    private static List<Guid>? Find(ToolContext context, JsonElement arguments)
    {
        if (!arguments.TryGetProperty("tasks", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [.. context.State.Children];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var tasks = new List<Guid>();
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.String || !Guid.TryParseExact(entry.GetString(), "D", out var id))
            {
                return null;
            }

            tasks.Add(id);
        }

        return [.. tasks.Distinct()];
    }

    private static string Describe(IReadOnlyList<ChildOutcome> outcomes)
    {
        var share = Math.Max(LeastOfResult, ToolText.MaxLength / outcomes.Count);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartArray();
            foreach (var outcome in outcomes)
            {
                json.WriteStartObject();
                json.WriteString("task", outcome.Id);
                json.WriteString("status", outcome.State.ToName());
                if (outcome.Result is { } result)
                {
                    json.WritePropertyName("result");
                    if (result.Length <= share)
                    {
                        json.WriteRawValue(result.Span);
                    }
                    else
                    {
                        json.WriteStringValue(ToolText.Cut(Encoding.UTF8.GetString(result.Span), share));
                    }
                }

                if (outcome.Error is { } error)
                {
                    json.WriteStartObject("error");
                    json.WriteString("code", error.Code);
                    json.WriteString("message", ToolText.Cut(error.Message, share));
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
