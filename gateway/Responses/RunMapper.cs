using System.Buffers;
using System.Text.Json;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Runs;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Responses;

/// <summary>Runs as the wire shows them.</summary>
internal static class RunMapper
{
    /// <param name="titles">What its definition calls its steps.</param>
    public static RunResponse ToResponse(this RunRecord run, IReadOnlyDictionary<string, StepTitle> titles) => run.ToListEntry(titles) with
    {
        Input = RawJson.From(run.Input),
        Output = RawJson.From(run.Output),
        Steps = [.. run.State.Steps.Select(step => step.ToResponse(titles))],
    };

    /// <summary>A run in a list.</summary>
    /// <param name="titles">What its definition calls its steps that wait.</param>
    public static RunResponse ToListEntry(this RunRecord run, IReadOnlyDictionary<string, StepTitle> titles) => new()
    {
        Id = run.Id,
        Workspace = run.Workspace,
        Definition = run.Definition.ToString(),
        Status = run.State.Status.ToName(),
        Compensating = run.State.IsCompensating,
        MaxParallel = run.MaxParallel,
        Priority = run.Priority,
        Tags = run.Tags,
        StepCounts = Count(run.State.Steps.Select(static step => step.Status)),
        Waiting = [.. run.State.Steps.Where(IsWaiting).Select(step => step.ToResponse(titles))],
        Error = run.State.Error?.ToResponse(),
        ParentId = run.ParentRunId,
        ParentStep = run.ParentStep,
        ReplayOf = run.ReplayOf,
        CreatedAt = run.CreatedAt,
        DeadlineAt = run.DeadlineAt,
        FinishedAt = run.FinishedAt,
        Links = RunLinks.Of(run.Id),
    };

    public static bool HasWaitingSteps(this RunRecord run) => run.State.Steps.Any(IsWaiting);

    /// <param name="titles">What its definition calls steps.</param>
    /// <param name="output">What it has put out, if that is shown.</param>
    /// <param name="omitted">Whether there is more than is shown.</param>
    public static RunStepDetailResponse ToDetail(
        this StepState step, IReadOnlyDictionary<string, StepTitle> titles, ReadOnlyMemory<byte>? output, bool omitted, IReadOnlyList<RunStepRecord> work) => Fill(
        new RunStepDetailResponse
        {
            Id = step.Id,
            Status = step.Status.ToName(),
            Round = step.Round,
            Output = RawJson.From(output),
            OutputOmitted = omitted,
            Work = [.. work.Select(static one => new RunWorkResponse(one.Work, one.TaskId, one.RunId, one.TaskId is { } task ? $"/api/v1/tasks/{task}/why" : null))],
        },
        step,
        titles);

    /// <param name="error">Why it failed.</param>
    public static RunItemResponse ToItem(this StepState step, int index, TaskError? error) => new(index, step.Items![index].ToName(), error?.ToResponse());

    /// <summary>The step and item of an event stand beside what it says.</summary>
    public static EventResponse ToResponse(this RunEventRecord entry) => new(entry.Seq, entry.Type, entry.At, DataOf(entry));

    private static RunStepResponse ToResponse(this StepState step, IReadOnlyDictionary<string, StepTitle> titles) =>
        Fill(new RunStepResponse { Id = step.Id, Status = step.Status.ToName(), Round = step.Round }, step, titles);

    private static bool IsWaiting(StepState step) => step.Status == StepStatus.Waiting;

    private static T Fill<T>(T response, StepState step, IReadOnlyDictionary<string, StepTitle> titles)
        where T : RunStepResponse => response with
        {
            Name = titles.GetValueOrDefault(step.Id)?.Name,
            Description = titles.GetValueOrDefault(step.Id)?.Description,
            Items = step.Items is { } items ? Count(items) : null,
            StartedAt = step.StartedAt,
            FinishedAt = step.EndedAt,
            Error = step.Error?.ToResponse(),
            Compensation = step.Compensation?.ToName(),
            Question = IsWaiting(step) ? step.Question : null,
            ExpiresAt = IsWaiting(step) ? step.ExpiresAt : null,
        };

    private static Dictionary<string, int> Count(IEnumerable<StepStatus> states) =>
        states.GroupBy(static status => status).OrderBy(static group => group.Key).ToDictionary(static group => group.Key.ToName(), static group => group.Count());

    private static TaskErrorResponse ToResponse(this TaskError error) => new(error.Code, error.Message, error.Retryable);

    private static RawJson? DataOf(RunEventRecord entry)
    {
        if (entry.Step is null)
        {
            return RawJson.From(entry.Data);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ContractsJson.Context.Options.Encoder });
        writer.WriteStartObject();
        writer.WriteString("step", entry.Step);
        if (entry.Item is { } item)
        {
            writer.WriteNumber("item", item);
        }

        if (entry.Data is not null)
        {
            using var data = JsonDocument.Parse(entry.Data);
            foreach (var member in data.RootElement.EnumerateObject())
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return new RawJson(buffer.WrittenMemory);
    }
}
