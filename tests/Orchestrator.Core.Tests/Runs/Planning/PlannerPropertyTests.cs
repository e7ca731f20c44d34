using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Xunit.Abstractions;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>
/// Random definitions to which random things happen: the planner always ends, starts nothing twice and nothing whose needs are unmet. A
/// failure names its seed and the shortest run that still fails; <c>ORCHESTRATOR_TEST_SEED</c> replays it.
/// </summary>
public sealed class PlannerPropertyTests(ITestOutputHelper output)
{
    private const string SeedVariable = "ORCHESTRATOR_TEST_SEED";
    private static readonly int Cases = Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_FULL") == "1" ? 20_000 : 1_000;
    private static readonly string[] Outputs = ["null", "5", """{"list":[1,2,3],"v":1}""", "\"text\"", "[]"];

    [Fact]
    public void Advance_AnyDefinitionAndAnyOutcomes_AlwaysEndsAndStartsNothingTwiceOrTooEarly()
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable(SeedVariable), out var given) ? given : BitConverter.ToUInt64(Guid.NewGuid().ToByteArray());
        output.WriteLine($"{SeedVariable}={seed}");
        var ends = new Dictionary<RunStatus, int>();
        var config = Config.QuickThrowOnFailure
            .WithName($"{SeedVariable}={seed}")
            .WithMaxTest(Cases)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        Check.One(config, Prop.ForAll(RandomRun.Runs, random =>
        {
            var status = Play(random);
            ends[status] = ends.GetValueOrDefault(status) + 1;
        }));
        output.WriteLine(string.Join(", ", ends.Select(end => $"{end.Key}: {end.Value}")));
    }

    private static RunStatus Play(RandomRun random)
    {
        var definition = random.Definition;
        var run = new RunMachine(definition, random.MaxParallel, """{"list":[0,1,2,3],"text":"x"}""");
        run.Context = run.Context with { MaxStarts = random.MaxStarts, DeadlineAt = random.HasDeadline ? RunMachine.Start.AddSeconds(40) : null };
        var model = new RunModel(definition, run);
        model.Send(new RunEvent.Begun());
        foreach (var move in random.Moves)
        {
            model.Send(Happen(run, move));
        }

        End(run, model, random.Steps.Length);
        return run.State.Status;
    }

    private static RunEvent[] Happen(RunMachine run, RandomMove move)
    {
        var (kind, pick) = move;
        var step = run.State.Steps[pick % run.State.Steps.Count].Id;
        switch (kind)
        {
            case < 10 when run.GivenUp.Count > 0:
                return [Ended(run.GivenUp[pick % run.GivenUp.Count], pick / 7)];
            case < 45 when run.UnderWay.Count > 0:
                return [Ended(run.UnderWay[pick % run.UnderWay.Count], pick / 7)];
            case < 52 when run.UnderWay.Count > 1:
                return [Ended(run.UnderWay[0], pick), Ended(run.UnderWay[^1], pick / 7)];
            case < 60:
                return [Ended(new WorkKey(step, pick % 3 == 0 ? null : pick % 5, 1 + (pick % 2), pick % 11 == 0), pick)];
            case < 66 when run.UnderWay.Count > 0:
                return [new RunEvent.WorkDeferred(run.UnderWay[pick % run.UnderWay.Count])];
            case < 74:
                run.Context = run.Context with { Now = run.Context.Now.AddMilliseconds(pick) };
                return [new RunEvent.Looked()];
            case < 84:
                var waiting = run.State.Steps.Where(state => state.Status == StepStatus.Waiting).Select(state => state.Id).ToList();
                return [new RunEvent.Decided(
                    waiting.Count > 0 ? waiting[pick % waiting.Count] : step, (RunDecision)(pick % 13 == 0 ? 3 : pick % 3), pick % 5 == 0 ? Bytes("""{"v":2}""") : null, "so")];
            case < 90:
                return [new RunEvent.Retry(step, TimeSpan.FromSeconds(pick % 3), pick % 4 == 0 ? Bytes("1") : null)];
            case < 94:
                return [new RunEvent.Skip(step, Bytes(Outputs[pick % Outputs.Length]))];
            case < 96:
                return [new RunEvent.Abort(null, pick % 2 == 0)];
            default:
                return [new RunEvent.Begun()];
        }
    }

    /// <summary>Nobody changes anything any more: all work ends, decisions are made, and with them the run.</summary>
    private static void End(RunMachine run, RunModel model, int steps)
    {
        // Each step has at most six items, a decision and a compensation, and is held back a few times.
        var limit = 10 + (steps * 30);
        for (var events = 0; run.State.Status == RunStatus.Started; events++)
        {
            Assert.True(events < limit, $"It has not ended after {limit} events: {Encoding.UTF8.GetString(run.State.ToBytes())}");
            if (run.UnderWay.Count > 0)
            {
                model.Send(Ended(run.UnderWay[0], events));
            }
            else if (run.GivenUp.Count > 0)
            {
                model.Send(Ended(run.GivenUp[0], events));
            }
            else if (run.Plan.LeavesWork)
            {
                model.Send(new RunEvent.Looked());
            }
            else if (run.Plan.DueAt is { } due)
            {
                run.Context = run.Context with { Now = due > run.Context.Now ? due : run.Context.Now };
                model.Send(new RunEvent.Looked());
            }
            else
            {
                model.Send(new RunEvent.Decided(run.State.Steps.First(step => step.Status == StepStatus.Waiting).Id, RunDecision.Continue, null, null));
            }
        }
    }

    private static RunEvent.WorkEnded Ended(WorkKey key, int pick) => new(key, pick % 6 == 5
        ? new WorkOutcome(null, TaskError.Of(ErrorCodes.WorkerError, "broke"))
        : new WorkOutcome(Bytes(Outputs[pick % Outputs.Length]), null));

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
