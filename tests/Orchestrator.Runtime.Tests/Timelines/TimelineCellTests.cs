using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Timelines;

namespace Orchestrator.Runtime.Tests.Timelines;

public sealed class TimelineCellTests
{
    [Fact]
    public void Add_FromManyThreads_LosesNothing()
    {
        var cell = new TimelineCell();

        Parallel.For(0, 10_000, number =>
        {
            cell.OnWaited(TimeSpan.FromMilliseconds(number % 100));
            cell.OnEnded(TaskState.Completed);
        });

        var figures = cell.TakeChanged()!;
        Assert.Equal((10_000L, 10_000L), (figures.Waits.Count, figures.Completed));
        Assert.Null(cell.TakeChanged());
    }
}
