using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class ScheduleTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string AnyTask = "\"task\":{\"action\":\"nobody.serves\"}";

    private static int _ids;

    /// <summary>A body, the status, and every field that must be named.</summary>
    public static TheoryData<string, int, string[]> Bodies => new()
    {
        { "{}", 400, ["/cron", "/id", "/task"] },
        { "[]", 400, [""] },
        { $"{{\"id\":\"a\",{AnyTask}}}", 400, ["/cron"] },
        { $"{{\"id\":\"a\",\"cron\":null,\"intervalMs\":null,{AnyTask}}}", 400, ["/cron"] },
        { $"{{\"id\":\"a\",\"cron\":\"* * * * *\",\"intervalMs\":1000,{AnyTask}}}", 400, ["/intervalMs"] },
        { $"{{\"id\":\"a\",\"timeZone\":\"UTC\",\"intervalMs\":1000,{AnyTask}}}", 400, ["/timeZone"] },
        { $"{{\"id\":\"a\",\"intervalMs\":999,{AnyTask}}}", 400, ["/intervalMs"] },
        { $"{{\"id\":\"a\",\"intervalMs\":31536000001,{AnyTask}}}", 400, ["/intervalMs"] },
        { $"{{\"id\":\"a\",\"cron\":\"* * * * *\",\"timeZone\":\"localtime\",{AnyTask}}}", 400, ["/timeZone"] },
        { $"{{\"id\":\"a\",\"cron\":\"* * * * *\",\"timeZone\":\"../../../etc/passwd\",{AnyTask}}}", 400, ["/timeZone"] },
        { $"{{\"id\":\"a\",\"cron\":\"* * * * *\",\"timeZone\":\"right/Europe/Rome\",{AnyTask}}}", 400, ["/timeZone"] },
        { $"{{\"id\":\"a\",\"cron\":\"* * * * *\",\"workspace\":\"nowhere\",{AnyTask}}}", 422, ["/workspace"] },
        {
            "{\"id\":\"A B\",\"workspace\":\"nowhere\",\"cron\":\"0 25 * * *\",\"timeZone\":\"Europe/Atlantis\",\"missedFires\":\"all\",\"paused\":1,"
            + "\"task\":{\"action\":\"X\",\"priority\":\"urgent\",\"runAt\":\"2090-01-01T00:00:00Z\",\"dependsOn\":[],\"tags\":1},\"surprise\":1}",
            400,
            [
                "/cron", "/id", "/missedFires", "/paused", "/surprise", "/task/action", "/task/dependsOn", "/task/priority", "/task/runAt", "/task/tags",
                "/timeZone", "/workspace",
            ]
        },
        { "{\"id\":\"a\",\"cron\":\"* * * * *\",\"task\":7}", 400, ["/task"] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Create_BadBody_NamesEveryFieldAndStoresNothing(string body, int status, string[] pointers)
    {
        Assert.Equal(pointers, (await gateway.PostAsync("/api/v1/schedules", body, status)).Pointers);
        await gateway.GetAsync("/api/v1/schedules/a", 404);
    }

    [Fact]
    public async Task Create_BadCron_SaysWhatAndWhere()
    {
        var answer = await gateway.PostAsync("/api/v1/schedules", $"{{\"id\":\"a\",\"cron\":\"0 25 * * *\",{AnyTask}}}", 400);

        Assert.Equal("at character 3: the hour '25' is not from 0 to 23.", answer.Body.GetProperty("errors").GetProperty("/cron")[0].GetString());
    }

    [Fact]
    public async Task Create_Cron_Is201AndCanBeRead()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var id = NewId();
        var created = await gateway.PostAsync(
            "/api/v1/schedules",
            new
            {
                id,
                workspace,
                cron = "0 9 * * 1-5",
                timeZone = "Europe/Rome",
                missedFires = "once",
                task = new { action = "nobody.serves", input = new { x = 1 }, priority = "high", tags = new[] { "t" }, maxAttempts = 2 },
            },
            201);

        var read = await gateway.GetAsync($"/api/v1/schedules/{id}");
        Assert.Equal($"/api/v1/schedules/{id}", created.Headers.Location!.ToString());
        Assert.Equal(created.Body.ToString(), read.Body.ToString());
        Assert.Equal(("0 9 * * 1-5", "Europe/Rome", "once"), (read.Text("cron"), read.Text("timeZone"), read.Text("missedFires")));
        var task = read.Body.GetProperty("task");
        Assert.Equal("{\"x\":1}", task.GetProperty("input").GetRawText());
        Assert.Equal(600, task.GetProperty("priority").GetInt32());
        var next = read.Body.GetProperty("nextFireAt").GetDateTimeOffset();
        Assert.InRange(next, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(4));
        Assert.Equal(9, TimeZoneInfo.ConvertTime(next, TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome")).Hour);
        Assert.Equal(JsonValueKind.Null, read.Body.GetProperty("lastFireAt").ValueKind);
    }

    [Fact]
    public async Task Create_TakenId_Is409()
    {
        var id = await NewScheduleAsync("default");

        var answer = await gateway.PostAsync("/api/v1/schedules", new { id, intervalMs = 1000, task = new { action = "a" } }, 409);

        Assert.Equal("schedule-exists", answer.Problem);
        Assert.Equal(["/id"], answer.Pointers);
    }

    [Fact]
    public async Task Schedule_EverySecond_SubmitsTasksThatRun()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var id = NewId();
        await gateway.PostAsync("/api/v1/schedules", new { id, workspace, intervalMs = 1000, task = new { action = EchoWorker.Action, input = "hello" } }, 201);

        await Eventually.TrueAsync(
            async () => (await gateway.GetAsync($"/api/v1/schedules/{id}")).Body.GetProperty("lastTaskId").ValueKind == JsonValueKind.String,
            TimeSpan.FromSeconds(30),
            () => "The schedule made no task.");
        await gateway.PatchAsync($"/api/v1/schedules/{id}", new { paused = true });

        var schedule = (await gateway.GetAsync($"/api/v1/schedules/{id}")).Body;
        var task = await gateway.WaitAsync(schedule.GetProperty("lastTaskId").GetGuid());
        Assert.Equal("completed", task.GetProperty("status").GetString());
        Assert.Equal("hello", task.GetProperty("result").GetString());
        Assert.Equal((workspace, id), (task.GetProperty("workspace").GetString(), task.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, schedule.GetProperty("lastError").ValueKind);
        Assert.NotEmpty((await gateway.GetAsync($"/api/v1/workspaces/{workspace}/tasks?tag=schedule:{id}")).Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Patch_PauseAndResume_ShowsWhenItIsDue()
    {
        var id = await NewScheduleAsync("default");

        var paused = await gateway.PatchAsync($"/api/v1/schedules/{id}", new { paused = true });
        var resumed = await gateway.PatchAsync($"/api/v1/schedules/{id}", new { paused = false });

        Assert.Equal(JsonValueKind.Null, paused.Body.GetProperty("nextFireAt").ValueKind);
        Assert.Equal(JsonValueKind.String, resumed.Body.GetProperty("nextFireAt").ValueKind);
    }

    [Fact]
    public async Task Patch_OtherTiming_ReplacesTheOne()
    {
        var id = await NewScheduleAsync("default");

        var cron = await gateway.PatchAsync($"/api/v1/schedules/{id}", new { cron = "@daily", missedFires = "once" });
        Assert.Equal(("@daily", "UTC", "once"), (cron.Text("cron"), cron.Text("timeZone"), cron.Text("missedFires")));
        Assert.Equal(JsonValueKind.Null, cron.Body.GetProperty("intervalMs").ValueKind);
        var zone = await gateway.PatchAsync($"/api/v1/schedules/{id}", new { timeZone = "Asia/Kathmandu" });
        Assert.Equal(("@daily", "Asia/Kathmandu"), (zone.Text("cron"), zone.Text("timeZone")));
        Assert.Equal(new TimeSpan(18, 15, 0), zone.Body.GetProperty("nextFireAt").GetDateTimeOffset().TimeOfDay);
        var interval = await gateway.PatchAsync($"/api/v1/schedules/{id}", new { intervalMs = 3_600_000, task = new { action = "other" } });
        Assert.Equal(JsonValueKind.Null, interval.Body.GetProperty("cron").ValueKind);
        Assert.Equal(JsonValueKind.Null, interval.Body.GetProperty("timeZone").ValueKind);
        Assert.Equal("other", interval.Body.GetProperty("task").GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("{}", 400, new[] { "" })]
    [InlineData("{\"id\":\"b\",\"workspace\":\"c\"}", 400, new[] { "/id", "/workspace" })]
    [InlineData("{\"cron\":null,\"intervalMs\":null,\"paused\":null,\"task\":null}", 400, new[] { "/cron", "/intervalMs", "/paused", "/task" })]
    [InlineData("{\"cron\":\"* * *\",\"intervalMs\":0}", 400, new[] { "/cron", "/intervalMs" })]
    [InlineData("{\"timeZone\":\"Europe/Rome\"}", 422, new[] { "/timeZone" })]
    public async Task Patch_BadBody_NamesEveryFieldAndChangesNothing(string body, int status, string[] pointers)
    {
        var id = await NewScheduleAsync("default");
        var before = await gateway.GetAsync($"/api/v1/schedules/{id}");

        Assert.Equal(pointers, (await gateway.PatchAsync($"/api/v1/schedules/{id}", body, status)).Pointers);

        Assert.Equal(before.Body.ToString(), (await gateway.GetAsync($"/api/v1/schedules/{id}")).Body.ToString());
    }

    [Fact]
    public async Task List_OfAWorkspace_PagesById()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        string[] ids = [await NewScheduleAsync(workspace), await NewScheduleAsync(workspace)];
        await NewScheduleAsync("default");

        var first = await gateway.GetAsync($"/api/v1/schedules?workspace={workspace}&limit=1");
        var second = await gateway.GetAsync($"/api/v1/schedules?workspace={workspace}&limit=1&cursor={first.Text("nextCursor")}");

        Assert.Equal(ids, new[] { first, second }.Select(page => Assert.Single(page.Body.GetProperty("items").EnumerateArray()).GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, second.Body.GetProperty("nextCursor").ValueKind);
        Assert.Equal("workspace-not-found", (await gateway.GetAsync("/api/v1/schedules?workspace=nowhere", 404)).Problem);
    }

    [Fact]
    public async Task Delete_Schedule_IsGone()
    {
        var id = await NewScheduleAsync("default");

        await DeleteAsync($"/api/v1/schedules/{id}", 204);

        Assert.Equal("schedule-not-found", (await DeleteAsync($"/api/v1/schedules/{id}", 404)).Problem);
        Assert.Equal("schedule-not-found", (await gateway.PatchAsync($"/api/v1/schedules/{id}", new { paused = true }, 404)).Problem);
        Assert.Equal(["/schedule"], (await gateway.GetAsync("/api/v1/schedules/A%20B", 400)).Pointers);
    }

    [Fact]
    public async Task DeleteWorkspace_WithASchedule_TakesItAlong()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var id = await NewScheduleAsync(workspace);

        await DeleteAsync($"/api/v1/workspaces/{workspace}", 204);

        await gateway.GetAsync($"/api/v1/schedules/{id}", 404);
    }

    private static string NewId() => $"s{Interlocked.Increment(ref _ids):0000}";

    /// <summary>A schedule that is not due while the tests run.</summary>
    private async Task<string> NewScheduleAsync(string workspace)
    {
        var id = NewId();
        await gateway.PostAsync("/api/v1/schedules", new { id, workspace, intervalMs = 86_400_000, task = new { action = "nobody.serves" } }, 201);
        return id;
    }

    private async Task<Answer> DeleteAsync(string path, int status)
    {
        using var response = await gateway.Client.DeleteAsync(new Uri(path, UriKind.Relative));
        return await Answer.ReadAsync(response, status);
    }
}
