using System.Collections.Concurrent;
using Orchestrator.Core.Priorities;
using Orchestrator.Storage.Priorities;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Scores tasks by the goals of their workspaces. The goal is the one that stands in the row that the transaction holds; only the
/// reading of texts is remembered, and is done before the transaction where that is known to be needed.
/// </summary>
internal sealed class TaskHeuristics
{
    private const int MaxKnownWorkspaces = 10_000;

    private readonly RecentConcepts _concepts = new();

    /// <summary>Workspaces that had a goal when a task of theirs was last scored.</summary>
    private readonly ConcurrentDictionary<string, bool> _withGoal = new(StringComparer.Ordinal);

    /// <summary>Whether the lexicon has been read; that takes some tenths of a second, and no transaction is to wait for it.</summary>
    public bool IsWarm { get; private set; }

    /// <summary>Reads the lexicon where that has not been done.</summary>
    public void WarmUp()
    {
        if (!IsWarm)
        {
            _concepts.Of("Write an article about warming up, e poi traducilo in italiano.");
            IsWarm = true;
        }
    }

    /// <summary>Reads the texts of tasks that will probably be scored by a goal, so that no transaction has to.</summary>
    public void Prepare(IReadOnlyList<Submission> submissions)
    {
        if (_withGoal.IsEmpty)
        {
            return;
        }

        foreach (var submission in submissions)
        {
            if (_withGoal.ContainsKey(submission.Workspace))
            {
                foreach (var task in submission.Tasks)
                {
                    _concepts.Of(TextOf(task));
                }
            }
        }
    }

    /// <summary>The score of a new task, or null in a workspace without a goal, where it is the hint.</summary>
    public HeuristicScore? Score(string workspace, string? goal, NewTask task)
    {
        if (string.IsNullOrWhiteSpace(goal))
        {
            if (!_withGoal.IsEmpty)
            {
                _withGoal.TryRemove(workspace, out _);
            }

            return null;
        }

        if (!_withGoal.ContainsKey(workspace))
        {
            // Forgetting costs nothing but the preparation.
            if (_withGoal.Count >= MaxKnownWorkspaces)
            {
                _withGoal.Clear();
            }

            _withGoal[workspace] = true;
        }

        return Score(task.Score, goal, TextOf(task));
    }

    /// <summary>The score of a task that is stored.</summary>
    public HeuristicScore Score(string? goal, ScorableTask task) => string.IsNullOrWhiteSpace(goal)
        ? new HeuristicScore(task.Priority, [new ScoreReason("priority", task.Priority)])
        : Score(task.Priority, goal, TaskText.ForHeuristic(task.Name, task.Description, task.InputHead));

    private HeuristicScore Score(int priority, string goal, string text) => Heuristic.Of(priority, _concepts.Of(goal), _concepts.Of(text));

    private static string TextOf(NewTask task) => TaskText.ForHeuristic(task.Name, task.Description, task.Input.Span);
}
