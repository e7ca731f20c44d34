using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Priorities;
using Orchestrator.Runtime.Runs;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Runtime.Tests.Priorities;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Tests.Runs;

public sealed class RunNewsTests : IDisposable
{
    private readonly OrchestratorMeter _meter = new();
    private readonly SignalHub _hub = new(new FakeTransport(false), TimeProvider.System);
    private readonly ScoringQueue _scoring;
    private readonly RunNews _news;
    private readonly List<string> _heard = [];

    public RunNewsTests()
    {
        _scoring = new ScoringQueue(Parts.Options(new PriorityOptions()), new PriorityInstruments(_meter), new ScoringModels(new FakeChat(500), null));
        _news = new RunNews(_hub, new NewTaskNews(_hub, _scoring, TimeProvider.System), new RunInstruments(_meter), NullLogger<RunNews>.Instance);
        _hub.Ready += () => _heard.Add("ready");
        _hub.SkillsNeeded += () => _heard.Add("skills");
        _hub.Due += () => _heard.Add("due");
    }

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Hear_TaskOfAStep_IsOfferedToTheScorerAndReady()
    {
        var task = NewTask();
        _news.Hear([Notice((task, TaskState.Queued))]);

        Assert.Equal([task.Id], _scoring.Take(10));
        Assert.Equal(["ready"], _heard);
    }

    [Fact]
    public void Hear_TaskThatNamesSkills_SaysThatTheyAreNeeded()
    {
        _news.Hear([Notice((NewTask() with { Skills = ["law"] }, TaskState.Queued))]);
        Assert.Equal(["skills", "ready"], _heard);
    }

    [Fact]
    public void Hear_TaskThatIsToRunSoon_WakesTheReminders()
    {
        _news.Hear([Notice((NewTask() with { RunAt = TimeProvider.System.GetUtcNow().AddMilliseconds(500) }, TaskState.Scheduled))]);
        Assert.Equal(["due"], _heard);
    }

    [Fact]
    public void Hear_NoTasks_WakesNobody()
    {
        _news.Hear([Notice()]);
        Assert.Empty(_heard);
    }

    private static NewTask NewTask() => new() { Id = Guid.CreateVersion7(), Action = "work" };

    private static RunNotice Notice(params (NewTask Task, TaskState State)[] started) => new(Guid.CreateVersion7(), 1, new DefinitionName("acme", "report", "1"))
    {
        Started = [.. started.Select(static one => (one.Task, new CreatedTask(one.Task.Id, one.State, TimeProvider.System.GetUtcNow(), 0) { Score = one.Task.Score }))],
    };
}
