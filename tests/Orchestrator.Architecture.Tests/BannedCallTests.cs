using System.Text.RegularExpressions;

namespace Orchestrator.Architecture.Tests;

/// <summary>Clocks, ids and randomness come from outside, so that tests and the simulator own them.</summary>
public sealed partial class BannedCallTests
{
    [Fact]
    public void Source_AnyProject_ReadsNoClockOfItsOwn() => Assert.Empty(Offences(AmbientClock(), "src", "gateway", "silo"));

    [Fact]
    public void Source_CoreStorageAndRuntime_WaitOnNoClockOfTheirOwn() =>
        Assert.Empty(Offences(AmbientWait(), "src/Orchestrator.Core", "src/Orchestrator.Storage", "src/Orchestrator.Runtime"));

    [Fact]
    public void Source_CoreAndRuntime_MakesNoIdsAndNoRandomnessOfItsOwn() =>
        Assert.DoesNotContain(
            Offences(AmbientChance(), "src/Orchestrator.Core", "src/Orchestrator.Runtime"),
            offence => !SystemSources().IsMatch(offence));

    [Fact]
    public void Source_Core_HasNoAsynchrony() => Assert.Empty(Offences(Asynchrony(), "src/Orchestrator.Core"));

    [Theory]
    [InlineData("var now = DateTime.UtcNow;", true)]
    [InlineData("DateTimeOffset.Now.Ticks", true)]
    [InlineData("Stopwatch.StartNew()", true)]
    [InlineData("time.GetUtcNow()", false)]
    [InlineData("time.GetTimestamp()", false)]
    public void AmbientClock_Sample_IsTold(string code, bool banned) => Assert.Equal(banned, AmbientClock().IsMatch(code));

    [Theory]
    [InlineData("await Task.Delay(delay, cancellationToken);", true)]
    [InlineData("await Task.Delay(Interval());", true)]
    [InlineData("await Task.Delay(delay, time, cancellationToken);", false)]
    [InlineData("await Task.Delay(Next(now, 3), timeProvider, cancellationToken);", false)]
    [InlineData("await Task.Delay(delay, _time, cancellationToken);", false)]
    [InlineData("Thread.Sleep(1)", true)]
    public void AmbientWait_Sample_IsTold(string code, bool banned) => Assert.Equal(banned, AmbientWait().IsMatch(code));

    private static IEnumerable<string> Offences(Regex banned, params string[] folders) =>
        from file in Source.Files(folders)
        from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
        where banned.IsMatch(Comment().Replace(line.Text, string.Empty))
        select $"{Source.Relative(file)}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bStopwatch\.(StartNew|GetTimestamp|GetElapsedTime)\b|new Stopwatch\(|\bEnvironment\.TickCount")]
    private static partial Regex AmbientClock();

    // A delay is fine where a TimeProvider stands among its arguments.
    [GeneratedRegex(@"\bThread\.Sleep\(|\bTask\.Delay\((?!.*\b_?(time|timeProvider|clock)\b)|new Timer\(|new PeriodicTimer\([^,]*\)", RegexOptions.IgnoreCase)]
    private static partial Regex AmbientWait();

    [GeneratedRegex(@"\bGuid\.(NewGuid|CreateVersion7)\(|\bRandom\.Shared\b|new Random\(|\bRandomNumberGenerator\.")]
    private static partial Regex AmbientChance();

    // The one place where each of them enters: the production implementations of the injected sources.
    [GeneratedRegex(@"^src/Orchestrator\.Runtime/(Ids/UuidV7Source|Randomness/SystemRandomSource)\.cs:")]
    private static partial Regex SystemSources();

    [GeneratedRegex(@"\basync\b|\bawait\b|\bTask<|\bValueTask\b")]
    private static partial Regex Asynchrony();

    [GeneratedRegex(@"^\s*///?.*$|\s//\s.*$")]
    private static partial Regex Comment();
}
