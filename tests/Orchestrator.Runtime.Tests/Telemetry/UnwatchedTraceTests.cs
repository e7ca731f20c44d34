using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Runtime.Tests.Telemetry;

public sealed class UnwatchedTraceTests
{
    private static readonly Guid Id = Guid.NewGuid();
    private static readonly Uri Provider = new("http://127.0.0.1/v1");

    [Fact]
    public void Spans_WhileNobodyLooks_AllocateNothing()
    {
        const int times = 1_000;
        AskForAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++)
        {
            AskForAll();
        }

        // Less than one object each time: what the runtime itself allocates now and then is not ours.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, times);
    }

    private static void AskForAll()
    {
        Assert.False(SubmissionTraces.IsOn || AttemptTraces.IsOn);
        Assert.Null(TraceContext.ToKeep);
        Assert.Null(SubmissionTraces.Run("default", Id));
        Assert.Null(AttemptTraces.Begin(Id, "default", "work", 1, TimeSpan.Zero, traceParent: null, turn: null));
        Assert.Null(AttemptTraces.BeginElsewhere(Id, "default", "work", 1, TimeSpan.Zero, traceParent: null, turn: null));
        Assert.Null(ModelTraces.Call(ModelOperation.Chat, "openai", "m", Provider));
        Assert.Null(ModelTraces.Tool("search", "call_0"));
        Assert.Null(DeliveryTraces.Begin("task.completed", "default", Id, 1, "http://127.0.0.1/hook", traceParent: null));
    }
}
