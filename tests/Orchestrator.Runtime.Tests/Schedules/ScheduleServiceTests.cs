using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Core.Schedules;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Priorities;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.Schedules;

/// <summary>The service and the operations over a real store whose clock the test moves.</summary>
public sealed class ScheduleServiceTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly OrchestratorMeter _meter = new();
    private readonly SignalHub _hub = new(new FakeTransport(false), TimeProvider.System);
    private SqliteTestStore _test = null!;
    private ScheduleService _service = null!;
    private ScheduleOperations _operations = null!;

    public async Task InitializeAsync()
    {
        _test = await SqliteTestStore.CreateAsync();
        _operations = new ScheduleOperations(_test.Store.Schedules);
        _service = new ScheduleService(
            _test.Store.Schedules, new UuidV7Source(new ManualTimeProvider()), _hub, new ScoringQueue(Parts.Options(new PriorityOptions()), new PriorityInstruments(_meter)), new FixedRandom(), new ManualTimeProvider(), new MaintenanceInstruments(_meter), NullLogger<ScheduleService>.Instance);
    }

    public async Task DisposeAsync()
    {
        _service.Dispose();
        _meter.Dispose();
        await _test.DisposeAsync();
    }

    [Fact]
    public async Task Round_DueSchedule_SubmitsItsTaskAndSaysSo()
    {
        var ready = 0;
        _hub.Ready += () => ready++;
        await CreateAsync(Every(5_000) with { Task = Template() with { Tags = ["mine"], Input = "[1]"u8.ToArray() } });

        Assert.Equal(ScheduleService.LongestPause, await RoundAsync());
        await _test.Clock.AdvanceAsync(TimeSpan.FromSeconds(4.3));
        Assert.Equal(TimeSpan.FromSeconds(0.7), await RoundAsync());
        Assert.Equal(0, ready);
        await _test.Clock.AdvanceAsync(TimeSpan.FromSeconds(0.7));
        await RoundAsync();

        Assert.Equal(1, ready);
        var task = Assert.Single(await ListAsync());
        Assert.Equal("it", task.Name);
        Assert.Equal(["mine", "schedule:it"], task.Tags);
        Assert.Equal("[1]"u8.ToArray(), (await _test.Store.Tasks.FindInputAsync(task.Id, None))!.Value.ToArray());
    }

    [Fact]
    public async Task Round_LateByThirtySeconds_MakesATaskForEverySecond()
    {
        await CreateAsync(Every(1_000));
        await _test.Clock.AdvanceAsync(TimeSpan.FromSeconds(30));

        await RoundAsync();

        Assert.Equal(30, (await ListAsync()).Count);
    }

    [Theory]
    [InlineData(MissedFires.Skip, 0)]
    [InlineData(MissedFires.Once, 1)]
    public async Task Round_AfterAnHourAway_FollowsThePolicy(MissedFires policy, int tasks)
    {
        await CreateAsync(Every(1_000) with { MissedFires = policy });
        await _test.Clock.AdvanceAsync(TimeSpan.FromHours(1));

        await RoundAsync();
        await RoundAsync();

        Assert.Equal(tasks, (await ListAsync()).Count);
        Assert.Equal(_test.Clock.Now.AddSeconds(1), (await FindAsync()).NextFireAt);
        await _test.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await RoundAsync();
        Assert.Equal(tasks + 1, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Round_CronThroughBothChangesOfClocks_KeepsToTheWall()
    {
        // In 2030 Rome's clocks change on 31 March and on 27 October.
        await _test.Clock.AdvanceAsync(Utc(3, 29, 12) - _test.Clock.Now);
        await CreateAsync(Cron("30 2 * * *", "Europe/Rome"));
        var times = new List<DateTimeOffset>();
        foreach (var (month, day) in new[] { (3, 30), (3, 31), (4, 1), (10, 26), (10, 27), (10, 28) })
        {
            await _test.Clock.AdvanceAsync(Utc(month, day, 12) - _test.Clock.Now - TimeSpan.FromHours(24));
            await _operations.UpdateAsync("it", schedule => schedule with { Paused = true }, None);
            await _operations.UpdateAsync("it", schedule => schedule with { Paused = false }, None);
            times.Add((await FindAsync()).NextFireAt!.Value);
        }

        Assert.Equal([Utc(3, 30, 1.5), Utc(3, 31, 1), Utc(4, 1, 0.5), Utc(10, 26, 0.5), Utc(10, 27, 0.5), Utc(10, 28, 1.5)], times);
    }

    [Fact]
    public async Task Round_TimeZoneThatThisMachineDoesNotKnow_IsLeftToOthersAndHoldsUpNobody()
    {
        await _test.Store.Schedules.CreateAsync(now => Cron("* * * * *", "Mars/Phobos") with { Id = "lost", NextFireAt = now }, None);
        await CreateAsync(Every(1_000));
        await _test.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        await RoundAsync();

        Assert.Single(await ListAsync());
        Assert.InRange(await RoundAsync(), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200));
        Assert.NotNull((await _test.Store.Schedules.FindAsync("lost", None))!.NextFireAt);
    }

    [Fact]
    public async Task Update_PauseAndResume_DoesNotCatchUp()
    {
        await CreateAsync(Every(10_000));
        var start = _test.Clock.Now;

        Assert.Null((await _operations.UpdateAsync("it", schedule => schedule with { Paused = true }, None))!.NextFireAt);
        await _test.Clock.AdvanceAsync(TimeSpan.FromSeconds(25));
        await RoundAsync();
        var resumed = await _operations.UpdateAsync("it", schedule => schedule with { Paused = false }, None);

        Assert.Empty(await ListAsync());
        Assert.Equal(start.AddSeconds(30), resumed!.NextFireAt);
    }

    [Fact]
    public async Task Update_OtherTiming_CountsFromNow()
    {
        await CreateAsync(Every(10_000));
        await _test.Clock.AdvanceAsync(TimeSpan.FromSeconds(3));

        var interval = await _operations.UpdateAsync("it", schedule => schedule with { IntervalMs = 20_000 }, None);
        Assert.Equal(_test.Clock.Now.AddSeconds(20), interval!.NextFireAt);
        await _test.Clock.AdvanceAsync(TimeSpan.FromSeconds(3));
        var same = await _operations.UpdateAsync("it", schedule => schedule with { MissedFires = MissedFires.Once }, None);
        Assert.Equal(interval.NextFireAt, same!.NextFireAt);
        var cron = await _operations.UpdateAsync("it", schedule => schedule with { IntervalMs = null, Cron = "0 4 * * *", TimeZone = "UTC" }, None);

        // The clock starts on 2030-01-02 at 03:04:05.
        Assert.Equal(Utc(1, 2, 4), cron!.NextFireAt);
    }

    private static DateTimeOffset Utc(int month, int day, double hour) => new DateTimeOffset(2030, month, day, 0, 0, 0, TimeSpan.Zero).AddHours(hour);

    private static NewTask Template() => new() { Id = Guid.Empty, Action = "work" };

    private static ScheduleRecord Every(long milliseconds) => new() { Id = "it", Workspace = "default", IntervalMs = milliseconds, Task = Template() };

    private static ScheduleRecord Cron(string cron, string timeZone) => new() { Id = "it", Workspace = "default", Cron = cron, TimeZone = timeZone, Task = Template() };

    private async Task CreateAsync(ScheduleRecord schedule) => Assert.IsType<ScheduleCreation.Created>(await _operations.CreateAsync(schedule, None));

    private Task<TimeSpan> RoundAsync() => _service.RunRoundAsync(None).Soon();

    private async Task<ScheduleRecord> FindAsync() => (await _test.Store.Schedules.FindAsync("it", None))!;

    private async Task<IReadOnlyList<TaskRecord>> ListAsync() => (await _test.Store.Tasks.ListAsync(new TaskQuery("default", 500), None))!;
}
