using Npgsql;
using NpgsqlTypes;
using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Postgres;

/// <summary>Inserts a whole batch with two statements, one array a column.</summary>
internal sealed class PostgresSubmissionStore(PostgresDatabase database, TaskHeuristics heuristics) : SubmissionStore(database, heuristics)
{
    protected override async Task InsertAsync(Session session, IReadOnlyList<TaskRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var postgres = (PostgresSession)session;
        await using var command = postgres.CreateCommand("insert_tasks");
        var columns = new PostgresColumns<TaskRow>(command.Parameters, rows);
        columns.Add("ids", NpgsqlDbType.Uuid, static row => row.Task.Id);
        columns.Add("workspace_keys", NpgsqlDbType.Bigint, static row => row.WorkspaceKey);
        columns.Add("actions", NpgsqlDbType.Text, static row => row.Task.Action);
        columns.Add("lanes", NpgsqlDbType.Text, static row => row.SkilledLane);
        columns.Add("names", NpgsqlDbType.Text, static row => row.Task.Name);
        columns.Add("descriptions", NpgsqlDbType.Text, static row => row.Task.Description);
        columns.Add("owner_ids", NpgsqlDbType.Text, static row => row.Task.OwnerId);
        columns.Add("tags", NpgsqlDbType.Text, static row => Json.OfList(row.Task.Tags));
        columns.Add("skills", NpgsqlDbType.Text, static row => Json.OfList(row.Task.Skills));
        columns.Add("resources", NpgsqlDbType.Text, static row => Json.OfCounts(row.Task.Resources));
        columns.Add("depends_on", NpgsqlDbType.Text, static row => Json.OfIds(row.Task.DependsOn));
        columns.Add("on_dependency_failure", NpgsqlDbType.Text, static row => TaskColumns.Of(row.Task.OnDependencyFailure));
        columns.Add("parent_ids", NpgsqlDbType.Uuid, static row => row.Task.ParentId);
        columns.Add("redrives_of", NpgsqlDbType.Uuid, static row => row.Task.RedriveOf);
        columns.Add("run_ids", NpgsqlDbType.Uuid, static row => row.Task.RunId);
        columns.Add("step_keys", NpgsqlDbType.Text, static row => row.Task.StepKey);
        columns.Add("delegation_keys", NpgsqlDbType.Text, static row => row.Task.DelegationKey);
        columns.Add("trace_parents", NpgsqlDbType.Text, static row => row.Task.TraceParent);
        columns.Add("priorities", NpgsqlDbType.Integer, static row => row.Task.Score);
        columns.Add("inputs", NpgsqlDbType.Bytea, static row => row.Task.Input);
        columns.Add("statuses", NpgsqlDbType.Text, static row => row.State.ToName());
        columns.Add("ranks", NpgsqlDbType.Double, static row => row.Rank);
        columns.Add("scores", NpgsqlDbType.Integer, static row => row.Score);
        columns.Add("score_sources", NpgsqlDbType.Text, static _ => ScoreSource.Heuristic);
        columns.Add("submitted_data", NpgsqlDbType.Text, static row => row.SubmittedData);
        columns.Add("max_attempts", NpgsqlDbType.Integer, static row => row.Task.MaxAttempts);
        columns.Add("timeouts_ms", NpgsqlDbType.Integer, static row => row.Task.TimeoutMs);
        columns.Add("runs_at", NpgsqlDbType.TimestampTz, static row => PostgresTime.Of(row.Task.RunAt));
        columns.Add("deadlines_at", NpgsqlDbType.TimestampTz, static row => PostgresTime.Of(row.Task.DeadlineAt));
        columns.Add("depths", NpgsqlDbType.Integer, static row => row.DelegationDepth);
        columns.Add("pending", NpgsqlDbType.Integer, static row => row.PendingDependencies);
        columns.Add("has_dependents", NpgsqlDbType.Boolean, static row => row.HasDependents);
        command.Parameters.Add(new NpgsqlParameter("created_at", NpgsqlDbType.TimestampTz) { Value = rows[0].CreatedAt.UtcDateTime });
        await command.ExecuteNonQueryAsync(postgres.CancellationToken).ConfigureAwait(false);
    }

    protected override Task InsertDependenciesAsync(Session session, IReadOnlyList<(Guid DependsOn, Guid TaskId)> dependencies) =>
        session.ExecuteAsync(
            "insert_dependencies",
            Parameter.IdList("@depends_on", [.. dependencies.Select(pair => pair.DependsOn)]),
            Parameter.IdList("@task_ids", [.. dependencies.Select(pair => pair.TaskId)]));
}
