using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Sqlite;

/// <summary>A ready task as it stands in the order of its ready set.</summary>
internal readonly record struct SqliteHead(Guid Id, double Rank, string Action) : IComparable<SqliteHead>
{
    public int CompareTo(SqliteHead other) => (Rank, Id).CompareTo((other.Rank, other.Id));
}

/// <summary>The ready tasks of one action of a workspace, best first, read as far as a turn asks for them.</summary>
/// <param name="guess">How many will probably be taken.</param>
internal sealed class SqliteReadySet(SqliteSession session, long workspaceKey, string action, int guess)
{
    private readonly Queue<SqliteHead> _heads = new();
    private SqliteHead _last = new(Guid.Empty, double.NegativeInfinity, action);
    private int _next = guess + 1;
    private bool _isReadToTheEnd;

    public string Action => action;

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

    private void Read()
    {
        var heads = session.Query(
            "list_head",
            row => new SqliteHead(row.Id("id"), row.Real("rank"), action),
            Parameter.BigInteger("@workspace_key", workspaceKey),
            Parameter.Text("@action", action),
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
