using System.Globalization;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Agents;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Models;
using Orchestrator.Telemetry.Tracing;
using Orchestrator.Workers.Agents.Loop;
using Orchestrator.Workers.Agents.Tools;
using Orchestrator.Workers.Generation;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Agents;

/// <summary>
/// One attempt of an agent's task: it goes on where the checkpoint says, and writes one after every answer of the model and every call of
/// a tool that has ended.
/// </summary>
internal sealed class AgentRun(
    AttemptContext attempt, Agent agent, IReadOnlyList<ChatMessage> input, AgentState begin, AgentOutput output, Toolbox tools, IAgentModels models, TimeProvider time)
    : IAsyncDisposable
{
    /// <summary>How many calls of tools may fail in a row before the agent is given up.</summary>
    public const int MaxFailuresInRow = 5;

    /// <summary>How often a result may be none that the schema allows.</summary>
    public const int MaxUnacceptable = 3;

    private readonly long _started = time.GetTimestamp();
    private readonly IReadOnlyList<string> _models = [agent.Definition.Model, .. agent.Definition.Fallbacks];
    private AgentState _state = begin;
    private string? _provider;
    private decimal _spent;
    private TaskUsage? _untold;
    private CancellationTokenSource? _turn;
    private int _turnsHere;
    private int _heard;
    private int _failures;
    private int _unacceptable;

    public int MaxTurns => agent.Definition.MaxTurns;

    /// <summary>The turn that it is in, from 1.</summary>
    public int Turn => Math.Clamp(AgentLoop.Next(_state, MaxTurns) is AgentStep.Ask ? _state.Turns + 1 : _state.Turns, 1, MaxTurns);

    /// <summary>Whether the limit of the turn, and nothing else, has stopped it.</summary>
    public bool IsTurnOver => _turn is { IsCancellationRequested: true };

    public async Task<AttemptResult> RunAsync(CancellationToken cancellationToken)
    {
        BeginTurn();
        while (true)
        {
            var ended = AgentLoop.Next(_state, MaxTurns) switch
            {
                AgentStep.Ask => await AskAsync(cancellationToken).ConfigureAwait(false),
                AgentStep.Call call => await CallAsync(call, cancellationToken).ConfigureAwait(false),
                AgentStep.Conclude answer => await ConcludeAsync(answer.Text, cancellationToken).ConfigureAwait(false),
                _ => Fail(new TaskError(ErrorCodes.Rejected, string.Create(CultureInfo.InvariantCulture, $"The agent has used its {MaxTurns} turns and has not finished."), false)),
            };
            if (ended is not null)
            {
                return ended;
            }
        }
    }

    public AttemptResult Fail(TaskError error) => Fail(new AttemptResult.Failure(error) { Provider = _provider });

    /// <summary>Ends the attempt with an error, and tells what was used since the last checkpoint.</summary>
    public AttemptResult Fail(AttemptResult.Failure failure) => failure with { Usage = TaskUsage.Sum(_untold, failure.Usage) };

    public async ValueTask DisposeAsync()
    {
        _turn?.Dispose();
        await tools.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<AttemptResult?> AskAsync(CancellationToken cancellationToken)
    {
        if (_turnsHere > 0 && time.GetElapsedTime(_started) > attempt.Timeout / 2)
        {
            // Another attempt goes on at once, with all of its time before it.
            return Park(static checkpoint => new AttemptResult.Waiting([], checkpoint));
        }

        BeginTurn();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_turn!.Token, cancellationToken);
        Report("asks the model");
        var chat = new Chat([])
        {
            Tools = await tools.DescribeAsync(either.Token).ConfigureAwait(false),
            MaxOutputTokens = agent.Definition.MaxOutputTokens,
            Temperature = agent.Definition.Temperature,
        };
        var state = await HearAsync(either.Token).ConfigureAwait(false);
        chat = chat with { Messages = Conversation.ToPrompt(agent.Definition.Instructions, input, state) };
        if (models.Bound(_models, chat, attempt.Reserved - _spent) is not { } affordable)
        {
            // What was reserved is spent; another attempt reserves anew.
            return _turnsHere > 0
                ? Park(static checkpoint => new AttemptResult.Waiting([], checkpoint))
                : Fail(OfBudget());
        }

        ChatTurn answer;
        using (var chunks = new ChunkBuffer(attempt.Reporter, time))
        {
            answer = await models.AnswerAsync(_models, affordable, chunks.Append, either.Token).ConfigureAwait(false);
        }

        _turnsHere++;
        _spent += answer.Usage?.Cost ?? 0;
        _untold = TaskUsage.Sum(_untold, answer.Usage);
        _provider = ModelName.Parse(answer.Model)?.Provider;
        return await SaveAsync(AgentLoop.OnAnswer(state, answer), cancellationToken).ConfigureAwait(false);
    }

    private async Task<AttemptResult?> CallAsync(AgentStep.Call step, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_turn!.Token, cancellationToken);
        Report($"calls {step.Tool.Name}");
        var outcome = await CallAsync(new ToolContext(attempt, _state, step.Key), step.Tool, either.Token).ConfigureAwait(false);
        switch (outcome)
        {
            case ToolOutcome.Waits waits:
                return Park(checkpoint => new AttemptResult.Waiting(waits.Tasks, checkpoint));
            case ToolOutcome.Asks asks:
                return Park(checkpoint => new AttemptResult.Asking(asks.Request, checkpoint));
            case ToolOutcome.Finished when await HasNewsAsync(cancellationToken).ConfigureAwait(false):
                outcome = new ToolOutcome.Answered("Not yet: there are new messages. Read them, then finish.");
                break;
            case ToolOutcome.Finished finished:
                return Succeed(finished);
            case ToolOutcome.Unacceptable unacceptable when ++_unacceptable > MaxUnacceptable:
                return Fail(OfUnacceptable(unacceptable));
        }

        var (text, failed) = outcome switch
        {
            ToolOutcome.Answered answered => (answered.Text, false),
            ToolOutcome.Failed failure => ($"Error: {failure.Reason}", true),
            ToolOutcome.Unacceptable unacceptable => ($"Error: this is not what the result must be.\n{unacceptable.Reason}", false),
            _ => throw new InvalidOperationException($"A tool ended with {outcome}."),
        };
        _failures = failed ? _failures + 1 : 0;
        Report(failed ? $"{step.Tool.Name} failed" : $"{step.Tool.Name} answered {text.Length} characters");
        var state = AgentLoop.OnResult(_state, step.Tool, ToolText.Cut(text));
        if (outcome is ToolOutcome.Answered { Created: { } child } && !state.Children.Contains(child))
        {
            state = state with { Children = state.Children.Add(child) };
        }

        return await SaveAsync(state, cancellationToken).ConfigureAwait(false)
            ?? (_failures < MaxFailuresInRow
                ? null
                : Fail(new TaskError(
                    ErrorCodes.WorkerError,
                    string.Create(CultureInfo.InvariantCulture, $"{_failures} calls of tools failed in a row, the last one of {TaskError.Clip(step.Tool.Name)}."),
                    false)));
    }

    private async Task<ToolOutcome> CallAsync(ToolContext context, ToolCall tool, CancellationToken cancellationToken)
    {
        using var span = ModelTraces.Tool(tool.Name, tool.Id);
        var outcome = await tools.CallAsync(context, tool, cancellationToken).ConfigureAwait(false);
        if (outcome is ToolOutcome.Failed or ToolOutcome.Unacceptable)
        {
            span?.Failed("tool_error");
        }

        return outcome;
    }

    /// <summary>The model has said its last word, unless somebody has spoken meanwhile or it is not what the result must be.</summary>
    private async Task<AttemptResult?> ConcludeAsync(string text, CancellationToken cancellationToken)
    {
        if (await HasNewsAsync(cancellationToken).ConfigureAwait(false))
        {
            return await SaveAsync(await HearAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        var outcome = output.TakeText(text, _state.Turns);
        if (outcome is ToolOutcome.Finished finished)
        {
            return Succeed(finished);
        }

        var unacceptable = (ToolOutcome.Unacceptable)outcome;
        return ++_unacceptable > MaxUnacceptable
            ? Fail(OfUnacceptable(unacceptable))
            : await SaveAsync(AgentLoop.OnRefusal(_state, $"This is not what the result must be.\n{unacceptable.Reason}"), cancellationToken).ConfigureAwait(false);
    }

    private void BeginTurn()
    {
        _turn?.Dispose();
        _turn = new CancellationTokenSource(TimeSpan.FromMilliseconds(agent.Definition.TurnTimeoutMs), time);
    }

    private async Task<bool> HasNewsAsync(CancellationToken cancellationToken) =>
        _state.Turns < MaxTurns && (await attempt.Journal.ReadMessagesAsync(cancellationToken).ConfigureAwait(false)).Any(message => message.Number > _heard);

    private async Task<AgentState> HearAsync(CancellationToken cancellationToken)
    {
        var messages = await attempt.Journal.ReadMessagesAsync(cancellationToken).ConfigureAwait(false);
        var news = messages.Where(message => message.Number > _heard).ToList();
        if (news.Count > 0)
        {
            _heard = news[^1].Number;
        }

        return AgentLoop.Hear(_state, news);
    }

    /// <summary>Makes a state durable, together with the messages that it took in and what was used; ends the attempt where it has outgrown the checkpoint.</summary>
    private async Task<AttemptResult?> SaveAsync(AgentState state, CancellationToken cancellationToken)
    {
        if (Conversation.Fit(state, TaskLimits.MaxCheckpointBytes) is not { } fitting)
        {
            return Fail(new TaskError(
                ErrorCodes.Rejected,
                string.Create(CultureInfo.InvariantCulture, $"The conversation has outgrown the {TaskLimits.MaxCheckpointBytes} bytes that are kept of it, even with the results of tools shortened."),
                false));
        }

        await attempt.Journal.SaveAsync(fitting.Bytes, _heard, _untold, cancellationToken).ConfigureAwait(false);
        _untold = null;
        _state = fitting.State;
        return null;
    }

    /// <summary>Ends the attempt, to go on in another.</summary>
    private AttemptResult Park(Func<ReadOnlyMemory<byte>, AttemptResult> end) =>
        end(AgentStateJson.Write(_state)) with { Usage = _untold, Provider = _provider };

    // Without a turn left nothing that is said can be heard any more.
    private AttemptResult.Success Succeed(ToolOutcome.Finished finished) =>
        new(finished.Output) { Usage = _untold, Provider = _provider, HeardThrough = _state.Turns < MaxTurns ? _heard : null };

    private void Report(string what) =>
        attempt.Reporter.ReportProgress((double)_state.Turns / MaxTurns, Conversation.TurnOf(Turn, MaxTurns, what));

    private TaskError OfBudget() => TaskError.Of(
        ErrorCodes.BudgetExceeded,
        FormattableString.Invariant($"The budget has reserved {attempt.Reserved} for the attempt, and reading the conversation alone may cost as much; raise Actions:{attempt.Action}:MaxCost."));

    private static TaskError OfUnacceptable(ToolOutcome.Unacceptable unacceptable) =>
        new(ErrorCodes.InvalidOutput, TaskError.Clip($"The agent's result is none that its schema allows, also when told so {MaxUnacceptable} times: {unacceptable.Reason}"), false);
}
