using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>The steps that messages and questions to people add.</summary>
internal sealed partial class StoreMachine
{
    private async Task SayAsync(Operation operation)
    {
        if (AnyTask(operation.A) is { } task)
        {
            var result = await _store.Steering.AppendAsync(task.Id, [.. Enumerable.Repeat(new NewMessage("user", "hello"), (operation.B % 3) + 1)], null, None);
            if (task.IsLive)
            {
                Assert.IsType<MessageResult.Accepted>(result);
                task.Messages += (operation.B % 3) + 1;
            }
            else
            {
                Assert.Equal(new MessageResult.TaskEnded(task.State), result);
            }

            Assert.Equal(Enumerable.Range(task.Consumed + 1, Math.Min(task.Messages - task.Consumed, TaskLimits.MaxToldMessages)), (await _store.Steering.ListUnconsumedAsync(task.Id, None)).Select(message => message.Number));
        }
    }

    private async Task SaveAsync(Operation operation)
    {
        if (AnyClaim(operation.A) is { } claim)
        {
            var task = _model.Find(claim.Lease.TaskId)!;
            var held = _model.Holds(claim.Lease, _clock.Now);
            var through = Math.Min(task.Messages, task.Consumed + (operation.B % 3));
            var note = JsonSerializer.SerializeToUtf8Bytes(operation.C % 3);
            var usage = operation.A % 2 == 0 ? new TaskUsage(7, 0, 1, 0, 0.5m) : null;
            Assert.Equal(held, await _store.Steering.SaveAsync(claim.Lease, note, through, usage, None));
            task.Consumed = held ? through : task.Consumed;
        }
    }

    private async Task AskAsync(Operation operation)
    {
        if (AnyClaim(operation.A) is { } claim)
        {
            var task = _model.Find(claim.Lease.TaskId)!;
            var expected = SettlementResult.Parked;
            TimeSpan? limit = operation.B % 2 == 0 ? TimeSpan.FromSeconds((operation.C % 20) + 1) : null;
            if (_model.Holds(claim.Lease, _clock.Now))
            {
                task.Ask(_clock.Now + limit);
            }
            else
            {
                expected = task.SettledToken == claim.Lease.Token ? SettlementResult.Accepted : SettlementResult.LeaseLost;
            }

            var outcome = new AttemptOutcome.AwaitingApproval(new NewApproval(null, "Go on?", null, limit), null);
            Assert.Equal([expected], await _store.Leases.SettleAsync([new Settlement(claim.Lease, claim.WorkspaceKey, claim.Lane, outcome)], None));
        }
    }

    private async Task DecideAsync(Operation operation)
    {
        if (_model.Tasks.Where(task => task.Asks).ElementAtOrDefault(operation.A % 3) is not { } asking)
        {
            if (AnyTask(operation.A) is { Asks: false } task)
            {
                DecisionResult refusal = task.IsLive ? new DecisionResult.NotAsked(task.State) : new DecisionResult.TaskEnded(task.State);
                Assert.Equal(refusal, await _store.Steering.DecideAsync(task.Id, new ApprovalReply(ApprovalVerdict.Approve), None));
            }

            return;
        }

        var verdict = operation.B % 4 == 0 ? ApprovalVerdict.Abort : (ApprovalVerdict)(operation.C % 4);
        var result = await _store.Steering.DecideAsync(asking.Id, new ApprovalReply(verdict), None);
        if (verdict == ApprovalVerdict.Abort)
        {
            Assert.IsType<DecisionResult.Aborted>(result);
            _model.End(asking, TaskState.Failed, settledToken: null, _clock.Now);
        }
        else
        {
            Assert.IsType<DecisionResult.Resumed>(result);
            asking.State = TaskState.Queued;
        }

        Assert.Equal(verdict, (await _store.Steering.FindLastApprovalAsync(asking.Id, null, None))!.Reply!.Verdict);
    }

    private async Task ExpireAsync()
    {
        var due = _model.Tasks.Where(task => task.AskedUntil <= _clock.Now && task.Asks).ToList();
        due.ForEach(task => task.State = TaskState.Queued);
        var expired = await _store.Steering.ExpireDueAsync(100, None);

        // Requests of tasks that have ended otherwise are withdrawn by the way.
        Assert.Equal(due.Select(task => task.Id).ToHashSet(), expired.Where(id => _model.Find(id)!.IsLive).ToHashSet());
    }
}
