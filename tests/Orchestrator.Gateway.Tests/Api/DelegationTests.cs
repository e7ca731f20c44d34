using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

/// <summary>A task that waits for its children, as callers see it.</summary>
public sealed class DelegationTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Task_WaitingForItsChildren_SaysSoEverywhereAndThenCompletes()
    {
        var id = await gateway.SubmitAsync("default", new { action = DelegatingWorker.Action, input = new[] { "left", "right" } });
        await gateway.Gates.StartedAsync("left");
        await gateway.Gates.StartedAsync("right");
        gateway.Gates.Open("left");
        var why = await WhyAsync(id, pending: 1);

        var task = (await gateway.GetAsync($"/api/v1/tasks/{id}")).Body;
        var children = (await gateway.GetAsync($"/api/v1/workspaces/default/tasks?parentId={id}")).Body.GetProperty("items").EnumerateArray().ToList();
        var waiting = (await gateway.GetAsync($"/api/v1/tasks/{id}/events")).Body.GetProperty("items").EnumerateArray()
            .Single(entry => entry.GetProperty("type").GetString() == "task.waiting").GetProperty("data");

        Assert.Equal(("waiting", "children"), (task.GetProperty("status").GetString(), task.GetProperty("waitingFor").GetString()));
        Assert.Equal(2, children.Count);
        Assert.All(children, child => Assert.Equal((id, 1), (child.GetProperty("parentId").GetGuid(), child.GetProperty("delegationDepth").GetInt32())));
        Assert.Equal("waiting_for_children", why.Text("code"));
        Assert.Equal(
            children.Where(child => child.GetProperty("status").GetString() == "processing").Select(child => child.GetProperty("id").GetGuid()),
            why.Body.GetProperty("reasons")[0].GetProperty("blockedBy").EnumerateArray().Select(child => child.GetGuid()));
        Assert.Equal(("children", 2), (waiting.GetProperty("waitingFor").GetString(), waiting.GetProperty("children").GetInt32()));

        gateway.Gates.Open("right");
        var ended = await gateway.WaitAsync(id);
        Assert.Equal(("leftright", 1), (ended.GetProperty("result").GetString(), ended.GetProperty("attempt").GetInt32()));
    }

    [Fact]
    public async Task Submit_ChildPastTheDepth_NamesTheLimit()
    {
        var parent = await gateway.SubmitAsync("default", new { action = "nobody.serves" });
        for (var depth = 1; depth <= TaskLimits.MaxDelegationDepth; depth++)
        {
            parent = await gateway.SubmitAsync("default", new { action = "nobody.serves", parentId = parent });
        }

        var refused = await gateway.PostAsync("/api/v1/workspaces/default/tasks", new { action = "nobody.serves", parentId = parent }, 422);

        Assert.Contains("5", refused.Body.GetProperty("errors").GetProperty("/parentId")[0].GetString(), StringComparison.Ordinal);
    }

    /// <summary>Asks until so many children are left.</summary>
    private async Task<Answer> WhyAsync(Guid id, int pending)
    {
        Answer why;
        do
        {
            why = await gateway.GetAsync($"/api/v1/tasks/{id}/why");
        }
        while (!(why.Body.GetProperty("reasons")[0].TryGetProperty("blockedBy", out var blockedBy) && blockedBy.GetArrayLength() == pending));
        return why;
    }
}
