using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Gateway.Tests.Feed;

/// <summary>A gateway whose clock is minutes ahead of the database's, or behind it.</summary>
public sealed class FeedClockTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public Task Feed_ClockOfTheGatewayIsOff_TellsWhatHappensFromTheConnectionOn_OnSqlite(int minutesAhead) => TellsAsync(minutesAhead);

    [PostgresTheory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task Feed_ClockOfTheGatewayIsOff_TellsWhatHappensFromTheConnectionOn_OnPostgres(int minutesAhead)
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await TellsAsync(minutesAhead, "--ConnectionStrings:Orchestrator", schema.ConnectionString, "--Silo:Embedded", "true");
    }

    private static async Task TellsAsync(int minutesAhead, params string[] settings)
    {
        await using var gateway = await TestGateway.StartAsync(
            builder => builder.Services
                .Replace(ServiceDescriptor.Singleton<TimeProvider>(new SkewedTimeProvider(TimeSpan.FromMinutes(minutesAhead))))
                .Replace(ServiceDescriptor.Singleton(provider => StoreFactory.Open(provider.GetRequiredService<StoreOptions>(), TimeProvider.System))),
            settings);
        var workspace = await gateway.NewWorkspaceAsync();
        var begun = await gateway.SubmitAsync(workspace, new { action = GateWorker.Action, input = "begun" });
        await gateway.Gates.StartedAsync("begun");
        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/pause");

        // Longer than what is told of the time before a connection.
        await Task.Delay(TimeSpan.FromSeconds(2.5));

        await using var feed = await FeedSocket.OpenAsync(gateway.Address);
        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/resume");
        gateway.Gates.Open("begun");
        await gateway.WaitAsync(begun);
        var task = await gateway.SubmitAsync(workspace, new { action = EchoWorker.Action, input = 1 });
        var told = await feed.ReadUntilAsync(message => FeedSocket.TypeOf(message) == "task-completed" && message.GetProperty("taskId").GetGuid() == task);

        Assert.Equal(["task-completed"], TypesOf(begun));
        Assert.Equal("task.submitted", TypesOf(task)[0]);
        Assert.DoesNotContain(told, message => FeedSocket.TypeOf(message) == "workspace.paused");

        List<string> TypesOf(Guid id) =>
            [.. told.Where(message => message.GetProperty("taskId") is { ValueKind: JsonValueKind.String } of && of.GetGuid() == id).Select(FeedSocket.TypeOf)];
    }
}
