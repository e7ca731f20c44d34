using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Sqlite;

/// <summary>A ready task as it stands in the order of its ready set.</summary>
/// <param name="Needs">The resources that it needs; null for none.</param>
internal readonly record struct SqliteHead(Guid Id, double Rank, string Lane, string Action, SqliteNeeds? Needs = null) : IComparable<SqliteHead>
{
    public int CompareTo(SqliteHead other) => (Rank, Id).CompareTo((other.Rank, other.Id));
}

/// <summary>The ready tasks of one lane of a workspace, best first, read as far as a turn asks for them.</summary>
/// <param name="mayNeed">Whether some of them may need resources.</param>
/// <param name="guess">How many will probably be taken.</param>
internal sealed class SqliteReadySet(SqliteSession session, long workspaceKey, string lane, bool mayNeed, int guess)
{
    private readonly Queue<SqliteHead> _heads = new();
    private SqliteHead _last = new(Guid.Empty, double.NegativeInfinity, lane, TaskLane.ActionOf(lane));
    private int _next = guess + 1;
    private bool _isReadToTheEnd;

    public string Lane => lane;

    public string Action => _last.Action;

    /// <summary>The best one that was not taken; null when there is none.</summary>
    public SqliteHead? Peek()
    {
        if (_heads.Count == 0 && !_isReadToTheEnd)
        {
            Read();
        }

        return _heads.TryPeek(out var head) ? head : null;
    }

    /// <summary>Takes the one that <see cref="Peek"/> answered.</summary>
    public void Take() => _heads.Dequeue();

    private static SqliteNeeds? ReadNeeds(Row row) => row.TextOrNull("resources") is { } needs
        ? new SqliteNeeds(Json.ToCounts(needs), row.TextOrNull("waiting_on"), row.TimeOrNull("due_at"))
        : null;

    private void Read()
    {
        var heads = session.Query(
            mayNeed ? "list_limited_head" : "list_head",
            row => new SqliteHead(row.Id("id"), row.Real("rank"), lane, Action, mayNeed ? ReadNeeds(row) : null),
            Parameter.BigInteger("@workspace_key", workspaceKey),
            Parameter.Text("@lane", lane),
            Parameter.Real("@after_rank", _last.Rank),
            Parameter.Id("@after_id", _last.Id),
            Parameter.Integer("@limit", _next));
        _isReadToTheEnd = heads.Count < _next;
        _next *= 2;
        foreach (var head in heads)
        {
            _heads.Enqueue(head);
            _last = head;
        }
    }
}
