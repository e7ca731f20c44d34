using System.Buffers;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers.Pool;

/// <summary>What the process says.</summary>
internal sealed partial class PoolProcess
{
    private void OnLine(ReadOnlySequence<byte> line)
    {
        if (IsBlank(line))
        {
            return;
        }

        var message = PoolMessageParser.Parse(line);
        // Any line is a sign of life.
        Volatile.Write(ref _lastSign, _time.GetTimestamp());
        switch (message.Type)
        {
            case PoolMessageType.Ready:
                OnReady(message);
                break;
            case PoolMessageType.Progress:
                Wanted(message.Id)?.Attempt.Reporter.ReportProgress(Math.Clamp(message.Fraction, 0, 1), message.Message);
                break;
            case PoolMessageType.Chunk:
                Wanted(message.Id)?.Attempt.Reporter.AppendChunk(message.Text);
                break;
            case PoolMessageType.Result:
                Answer(message, message.Output.Length <= TaskLimits.MaxResultBytes
                    ? new AttemptResult.Success(message.Output)
                    : new AttemptResult.Failure(TaskError.Of(
                        ErrorCodes.InvalidOutput,
                        $"The result has {message.Output.Length} bytes; at most {TaskLimits.MaxResultBytes} are kept.")));
                break;
            case PoolMessageType.Error:
                Answer(message, new AttemptResult.Failure(ToError(message)));
                break;
            case PoolMessageType.Wait:
                Answer(message, new AttemptResult.Waiting(message.Children, message.Checkpoint));
                break;
            case PoolMessageType.Ask:
                Answer(message, ToAsking(message));
                break;
            case PoolMessageType.Delegate or PoolMessageType.Outcomes or PoolMessageType.Decision when Wanted(message.Id) is { } request:
                request.InItsContext(() => _ = ServeQuestionAsync(request, message));
                break;
            default:
                break;
        }
    }

    private void OnReady(PoolMessage message)
    {
        lock (_gate)
        {
            if (_state == PoolProcessState.Stopping)
            {
                return;
            }

            _state = _state == PoolProcessState.Starting
                ? PoolProcessState.Ready
                : throw new PoolProtocolException("said \"ready\" a second time");
        }

        _ready.TrySetResult(message.Actions);
    }

    /// <summary>What it works on, or worked on last: what it said of that on standard error may be read after its answer.</summary>
    private PoolRequest? Latest()
    {
        lock (_gate)
        {
            return _latest;
        }
    }

    /// <summary>The request the line is about, while somebody wants to hear of it. A line too late is nothing bad: a thread of the worker may lag behind its result.</summary>
    private PoolRequest? Wanted(Guid id)
    {
        lock (_gate)
        {
            return _state == PoolProcessState.Busy && _current?.Attempt.TaskId == id ? _current : null;
        }
    }

    private void Answer(PoolMessage message, AttemptResult result)
    {
        PoolRequest request;
        TaskCompletionSource answered;
        lock (_gate)
        {
            if (_current is not { } current || current.Attempt.TaskId != message.Id)
            {
                // Whose result is it? To guess would be to give one tenant's result to another.
                throw new PoolProtocolException(_current is null
                    ? "answered a request it does not have"
                    : "answered another request than the one it has");
            }

            request = current;
            answered = _answered;
            _current = null;
            _state = _state is PoolProcessState.Busy or PoolProcessState.Cancelling ? PoolProcessState.Ready : _state;
        }

        request.Finish(result);
        answered.TrySetResult();
    }

    /// <summary>Codes are a closed set; what a worker calls otherwise stays readable in the message.</summary>
    private static TaskError ToError(PoolMessage message)
    {
        var known = ErrorCodes.IsKnown(message.Code);
        var code = known ? message.Code : ErrorCodes.WorkerError;
        var text = string.IsNullOrWhiteSpace(message.Message) ? "The worker gave no reason." : message.Message;
        return new TaskError(
            code,
            TaskError.Clip(known ? text : $"{message.Code}: {text}"),
            message.Retryable ?? ErrorCodes.IsRetryable(code));
    }

    private static bool IsBlank(in ReadOnlySequence<byte> line)
    {
        foreach (var piece in line)
        {
            if (piece.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
