using Orchestrator.Core.Priorities;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Priorities;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class ScoreConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private const string Goal = "Launch the podcast about artificial intelligence";

    [StoreFact]
    public async Task Submit_WorkspaceWithAGoal_ScoresByClosenessAndKeepsTheReasons()
    {
        await SetGoalAsync(Goal);
        var close = await SubmitOneAsync(NewTask() with { Score = 100, Name = "Registra il podcast su IA" });
        var byInput = await SubmitOneAsync(NewTask() with { Score = 100, Input = Json("""{"prompt": "An AI podcast"}""") });
        var far = await SubmitOneAsync(NewTask() with { Score = 100, Name = "Repair the printer" });

        Assert.InRange((await FindAsync(close)).Score, 200, 400);
        Assert.Equal((await FindAsync(close)).Score, (await FindAsync(byInput)).Score);
        Assert.Equal((100, 100), ((await FindAsync(far)).Score, (await FindAsync(far)).Priority));
        var explained = (await Store.Scores.ExplainAsync(close, None))!;
        Assert.Equal((await FindAsync(close)).Score, explained.Reasons.Sum(reason => reason.Points));
        Assert.Equal(["ai", "podcast"], explained.Reasons[1].Concepts!.Order(StringComparer.Ordinal));
        Assert.Equal([close, byInput, far], (await TakeEverythingAsync(1)).Select(task => task.Lease.TaskId));
        Assert.Equal(explained.Reasons.Count, (await Store.Scores.ExplainAsync(close, None))!.Reasons.Count);
    }

    [StoreFact]
    public async Task Submit_WorkspaceWithoutAGoal_IsTheHint()
    {
        var id = await SubmitOneAsync(NewTask() with { Score = 123, Name = Goal });

        var explained = (await Store.Scores.ExplainAsync(id, None))!;
        Assert.Equal((123, ScoreSource.Heuristic), (explained.Score, explained.Source));
        Assert.Equal(new ScoreReason("priority", 123), Assert.Single(explained.Reasons));
        Assert.Null(await Store.Scores.ExplainAsync(Guid.NewGuid(), None));
    }

    [StoreFact]
    public async Task ReadPending_TasksOfEveryKind_AnswersThoseThatWait()
    {
        await SetGoalAsync("goal");
        await SubmitOneAsync();
        var running = (await TakeOneAsync()).Lease.TaskId;
        var cancelled = await SubmitCancelledAsync();
        var dependency = await SubmitOneAsync();
        var task = NewTask() with { Name = "n", Description = "d", Input = Json(new string('1', TaskText.MaxInputBytes + 5)), DependsOn = [dependency], Score = 700 };
        var blocked = await SubmitOneAsync(task);
        var scheduled = await SubmitOneAsync(NewTask() with { RunAt = Clock.Now.AddHours(1) });

        var pending = await Store.Scores.ReadPendingAsync([running, cancelled, dependency, blocked, scheduled, Guid.NewGuid()], None);

        Assert.Equal(new[] { dependency, blocked, scheduled }.Order(), pending.Select(found => found.Id));
        var found = pending.Single(found => found.Id == blocked);
        Assert.Equal((Default, "goal", Action, "n", "d", 700, 700, ScoreSource.Heuristic), (found.Workspace, found.Goal, found.Action, found.Name, found.Description, found.Priority, found.Score, found.ScoreSource));
        Assert.Equal([dependency], found.DependsOn);
        Assert.Equal(TaskText.MaxInputBytes, found.InputHead.Length);
    }

    [StoreFact]
    public async Task Apply_ScoresOfAModel_ReorderWhatWaitsAndTellSo()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync();
        var third = await SubmitOneAsync();

        Assert.Equal([third], await ApplyAsync((third, 900)));
        Assert.Equal(new[] { first, third }.Order(), (await ApplyAsync((first, 10), (third, 800))).Order());

        var task = await FindAsync(third);
        Assert.Equal((800, ScoreSource.Model, PriorityHint.Medium), (task.Score, task.ScoreSource, task.Priority));
        Assert.Equal(["submitted", "queued", "scored", "scored"], await HistoryAsync(third));
        var explained = (await Store.Scores.ExplainAsync(third, None))!;
        Assert.Equal(new ScoreReason("model", 800) { Model = "p/m" }, Assert.Single(explained.Reasons));
        Assert.Equal([third, second, first], (await TakeEverythingAsync(1)).Select(claimed => claimed.Lease.TaskId));
    }

    [StoreFact]
    public async Task Apply_WhatIsOtherwiseByNow_ChangesNothing()
    {
        await SubmitOneAsync();
        var running = await SubmitOneAsync();
        var ended = await SubmitOneAsync();
        var patched = await SubmitOneAsync();
        var moved = await SubmitOneAsync();
        var read = await Store.Scores.ReadPendingAsync([running, ended, patched, moved], None);
        await Store.Control.CancelAsync(ended, None);
        await Store.Control.PatchAsync(patched, new TaskPatch { Score = 5 }, None);
        await TakeAsync(2);

        Assert.Equal([moved], await Store.Scores.ApplyAsync([.. read.Select(task => Update(task, 900))], None));
        await SetGoalAsync("another goal");
        Assert.Equal([], await Store.Scores.ApplyAsync([.. read.Select(task => Update(task, 10))], None));

        Assert.Equal((300, 5, 900), ((await FindAsync(running)).Score, (await FindAsync(patched)).Score, (await FindAsync(moved)).Score));
        Assert.DoesNotContain("scored", await HistoryAsync(running));
    }

    [StoreFact]
    public async Task Apply_BoostInTheRank_IsKept()
    {
        var boosted = await SubmitOneAsync(NewTask() with { Score = 100 });
        var other = await SubmitOneAsync(NewTask() with { Score = 400 });
        await SubmitAsync([.. NewTasks(10).Select(task => task with { DependsOn = [boosted] })]);
        await Store.Blocking.FollowAsync(100, None);

        await ApplyAsync((boosted, 50), (other, 500));
        await Store.Control.PatchAsync(boosted, new TaskPatch { Score = 40 }, None);

        Assert.Equal([boosted, other], (await TakeAsync(2)).Select(task => task.Lease.TaskId));
    }

    [StoreFact]
    public async Task Patch_PriorityOrInput_IsScoredAnewByTheHeuristic()
    {
        await SetGoalAsync(Goal);
        var id = await SubmitOneAsync(NewTask() with { Name = "AI podcast" });
        var before = (await FindAsync(id)).Score;
        await ApplyAsync((id, 1_000));

        await Store.Control.PatchAsync(id, new TaskPatch { Score = PriorityHint.Medium + 50 }, None);
        Assert.Equal((before + 50, ScoreSource.Heuristic), ((await FindAsync(id)).Score, (await FindAsync(id)).ScoreSource));
        await Store.Control.PatchAsync(id, new TaskPatch { Input = Json("\"launch\"") }, None);
        Assert.True((await FindAsync(id)).Score > before + 50);
        await Store.Control.PatchAsync(id, new TaskPatch { Tags = ["t"] }, None);

        Assert.Equal(["submitted", "queued", "scored", "scored", "scored"], await HistoryAsync(id));
    }

    [StoreFact]
    public async Task Rescore_ChangedGoal_ScoresWhatWaitsInBoundedSteps()
    {
        var podcasts = await SubmitAsync([.. NewTasks(3).Select(task => task with { Name = "Record the podcast" })]);
        var prints = await SubmitAsync([.. NewTasks(3).Select(task => task with { Name = "Print the flyer" })]);
        await SubmitOneAsync(NewTask() with { Name = "podcast", Score = 1_000 });
        var running = (await TakeOneAsync()).Lease.TaskId;
        await ApplyAsync((prints[0].Id, 990));
        Assert.Null(await Store.Scores.RescoreAsync(2, None));

        await SetGoalAsync("A podcast");
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        var later = await SubmitOneAsync(NewTask() with { Name = "podcast" });
        var steps = await RescoreAsync(2);

        Assert.Equal([2, 2, 2, 0], steps.Select(step => step.Pending.Count));
        Assert.Equal(podcasts.Select(task => task.Id).Append(prints[0].Id).Order(), steps.SelectMany(step => step.Changed).Order());
        Assert.All(await Task.WhenAll(podcasts.Select(task => FindAsync(task.Id))), task => Assert.InRange(task.Score, 350, 600));
        Assert.Equal((300, ScoreSource.Heuristic), ((await FindAsync(prints[0].Id)).Score, (await FindAsync(prints[0].Id)).ScoreSource));
        Assert.Equal(1_000, (await FindAsync(running)).Score);
        Assert.Equal(["submitted", "queued"], await HistoryAsync(later));
        Assert.Equal(
            podcasts.Select(task => task.Id).Append(later).Concat(prints.Select(task => task.Id)),
            (await TakeEverythingAsync(1)).Select(task => task.Lease.TaskId));
    }

    [StoreFact]
    public async Task Rescore_GoalTakenAway_GivesEverybodyTheHint()
    {
        await SetGoalAsync(Goal);
        var id = await SubmitOneAsync(NewTask() with { Name = Goal });
        await RescoreAsync(10);

        await SetGoalAsync(null);
        await RescoreAsync(10);

        Assert.Equal(300, (await FindAsync(id)).Score);
        Assert.Equal(new ScoreReason("priority", 300), Assert.Single((await Store.Scores.ExplainAsync(id, None))!.Reasons));
    }

    [StoreFact]
    public async Task Rescore_GoalChangedAgainOnTheWay_BeginsAnew()
    {
        var ids = (await SubmitAsync([.. NewTasks(4).Select(task => task with { Name = "Print the flyer of the podcast" })])).Select(task => task.Id).ToList();
        await SetGoalAsync("A podcast");
        await Store.Scores.RescoreAsync(2, None);

        await SetGoalAsync("A flyer about the podcast");
        await RescoreAsync(2);

        Assert.Single((await Task.WhenAll(ids.Select(FindAsync))).DistinctBy(task => task.Score));
        Assert.Equal(2, (await Store.Scores.ExplainAsync(ids[0], None))!.Reasons[1].Concepts!.Count);
        await Store.Workspaces.UpdateAsync(Default, workspace => workspace with { Name = "renamed" }, None);
        Assert.Null(await Store.Scores.RescoreAsync(2, None));
    }

    [StoreFact]
    public async Task Rescore_DeletedWorkspace_LeavesNothingBehind()
    {
        await CreateWorkspaceAsync("gone");
        await Store.Workspaces.UpdateAsync("gone", workspace => workspace with { Goal = "g" }, None);

        await Store.Workspaces.DeleteAsync("gone", None);

        Assert.Null(await Store.Scores.RescoreAsync(2, None));
    }

    [StoreFact]
    public async Task Rescore_TaskThatCameBackFromAnAttempt_IsScoredToo()
    {
        var id = await SubmitOneAsync(NewTask() with { Name = "podcast" });
        await SettleAsync(await TakeOneAsync(), Retried(TimeSpan.FromHours(1)));
        await SetGoalAsync("A podcast");

        await RescoreAsync(10);

        Assert.Equal(TaskState.Scheduled, await StateAsync(id));
        Assert.True((await FindAsync(id)).Score > 300);
    }

    private async Task<List<RescoreStep>> RescoreAsync(int limit)
    {
        var steps = new List<RescoreStep>();
        while (await Store.Scores.RescoreAsync(limit, None) is { } step)
        {
            steps.Add(step);
        }

        return steps;
    }

    private async Task SetGoalAsync(string? goal) =>
        Assert.NotNull(await Store.Workspaces.UpdateAsync(Default, workspace => workspace with { Goal = goal }, None));

    private async Task<IReadOnlyList<Guid>> ApplyAsync(params (Guid Id, int Score)[] scores)
    {
        var read = await Store.Scores.ReadPendingAsync([.. scores.Select(score => score.Id)], None);
        return await Store.Scores.ApplyAsync([.. read.Select(task => Update(task, scores.Single(score => score.Id == task.Id).Score))], None);
    }

    private static ScoreUpdate Update(ScorableTask task, int score) => new(task, score, ScoreSource.Model, new ScoreReason("model", score) { Model = "p/m" });
}
