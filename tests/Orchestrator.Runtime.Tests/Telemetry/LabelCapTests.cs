using System.Collections.Concurrent;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Tests.Telemetry;

public sealed class LabelCapTests
{
    [Fact]
    public void Of_ManyValuesFromManyThreads_KeepsTwoHundredAndFoldsTheRest()
    {
        var cap = new LabelCap();
        var seen = new ConcurrentDictionary<string, bool>();

        Parallel.For(0, 5_000, i => seen[cap.Of($"value-{i}")] = true);

        Assert.Equal(LabelCap.MaxValues + 1, seen.Count);
        Assert.Contains(LabelCap.Other, seen.Keys);
        Assert.All(seen.Keys, kept => Assert.Equal(kept, cap.Of(kept)));
    }

    [Fact]
    public void Of_AValue_IsNewOnce()
    {
        var cap = new LabelCap();

        Assert.Equal([true, false, true], new[] { "a", "a", "b" }.Select(value =>
        {
            cap.Of(value, out var isNew);
            return isNew;
        }));
    }
}
