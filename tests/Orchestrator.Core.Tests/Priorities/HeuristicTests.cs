using System.Diagnostics;
using Orchestrator.Core.Concepts;
using Orchestrator.Core.Priorities;
using Xunit.Abstractions;

namespace Orchestrator.Core.Tests.Priorities;

public sealed class HeuristicTests(ITestOutputHelper output)
{
    private const string Goal = "Launch the podcast about artificial intelligence";

    [Fact]
    public void Of_WhatGoalAndTaskShare_AddsPointsAndSaysWhich()
    {
        var score = Score(300, Goal, "Scrivi un articolo su IA per il podcast");

        Assert.Equal(score.Score, score.Reasons.Sum(reason => reason.Points));
        Assert.Equal(["priority", "goal"], score.Reasons.Select(reason => reason.Code));
        Assert.Equal(["ai", "podcast"], score.Reasons[1].Concepts!.Order(StringComparer.Ordinal));
        Assert.InRange(score.Score, 301, 300 + Heuristic.MaxGoalPoints);
    }

    [Theory]
    [InlineData("Repair the printer on the second floor")]
    [InlineData("Launch the summer sale")]
    [InlineData("Write about the podcast", "No podcast")]
    [InlineData("")]
    public void Of_NothingButADeedInCommon_IsTheHint(string task, string goal = Goal)
    {
        var score = Score(300, goal, task);

        Assert.Equal(300, score.Score);
        Assert.Equal("priority", Assert.Single(score.Reasons).Code);
    }

    [Fact]
    public void Of_MoreInCommon_IsMoreButNeverPastTheBounds()
    {
        var little = Score(300, Goal, "Record a podcast").Score;
        var much = Score(300, Goal, "Record a podcast about artificial intelligence").Score;

        Assert.True(300 < little && little < much && much < 600, $"{little}, {much}");
        Assert.Equal(1000, Score(1000, Goal, Goal).Score);
        Assert.Equal(1000, Score(900, Goal, Goal + " and AI podcasts").Score);
        Assert.Equal(Score(500, Goal, Goal).Score, Score(500, Goal, Goal).Score);
    }

    [Fact]
    public void Of_UnknownWords_CountWhereTheyCanBeNames()
    {
        Assert.True(Score(0, "Win Globex as a customer", "Call Globex").Score > 0);
        Assert.Equal(0, Score(0, "Gewinne den Kunden", "Rufe den Mann an").Score);
    }

    [Fact]
    public void Of_ATypicalTask_TakesMicroseconds()
    {
        var goal = Read(Goal);
        string[] tasks = [.. Enumerable.Range(0, 500).Select(index => $"Write article {index} about artificial intelligence for the newsletter of Globex, with {index} images")];
        foreach (var task in tasks)
        {
            Heuristic.Of(300, goal, Read(task));
        }

        var watch = Stopwatch.StartNew();
        foreach (var task in tasks)
        {
            Heuristic.Of(300, goal, Read(task));
        }

        output.WriteLine($"the heuristic of a task in a workspace with a goal, its text read anew: {watch.Elapsed.TotalMicroseconds / tasks.Length:0.0} µs");
        var read = tasks.Select(Read).ToList();
        watch.Restart();
        read.ForEach(task => Heuristic.Of(300, goal, task));
        output.WriteLine($"and with a text that has been read: {watch.Elapsed.TotalMicroseconds / tasks.Length:0.00} µs");
    }

    private static HeuristicScore Score(int priority, string goal, string task) => Heuristic.Of(priority, Read(goal), Read(task));

    private static IReadOnlyDictionary<string, ConceptRole> Read(string text) => ConceptNormaliser.Normalise(text).Subjects;
}
