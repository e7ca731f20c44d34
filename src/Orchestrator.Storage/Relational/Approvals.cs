using System.Globalization;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Storage.Relational;

/// <summary>Tasks that wait for a person's answer. Whoever writes a request or its answer holds the row of the task.</summary>
internal static class Approvals
{
    /// <summary>Parks the task of a lease that is held until its question is answered.</summary>
    public static async Task<SettlementResult> ParkAsync(Session session, Settlement settlement, AttemptOutcome.AwaitingApproval asking)
    {
        var now = await session.NowAsync().ConfigureAwait(false);
        var request = asking.Request;
        var expiresAt = now + request.TimeLimit;
        var number = await session.FindAsync(
            "insert_approval",
            static row => row.Integer("number"),
            Parameter.Id("@id", settlement.Lease.TaskId),
            Parameter.Text("@key", request.Key),
            Parameter.Text("@question", request.Question),
            Parameter.Bytes("@details", request.Details),
            Parameter.Time("@now", now),
            Parameter.Time("@expires_at", expiresAt)).ConfigureAwait(false);
        var data = new EventData
        {
            Number = number,
            Question = request.Question,
            ExpiresAt = expiresAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        };
        return await ParkedAttempts.WriteAsync(
            session, settlement, parked: true, WaitingFor.Approval, pending: 0, asking.Checkpoint, data, now).ConfigureAwait(false);
    }

    /// <summary>Writes the answer to the open request of a task.</summary>
    public static Task AnswerAsync(Session session, Guid taskId, ApprovalReply reply, DateTimeOffset now) =>
        session.ExecuteAsync(
            "answer_approval",
            Parameter.Id("@id", taskId),
            Parameter.Text("@decision", reply.Verdict.ToName()),
            Parameter.Bytes("@edits", reply.Edits),
            Parameter.Text("@comment", reply.Comment),
            Parameter.Time("@now", now));

    /// <summary>Makes tasks ready whose request has been answered. The caller holds them and shares their workspaces.</summary>
    public static async Task ResumeAsync(Session session, IReadOnlyCollection<Guid> ids, ApprovalReply reply, DateTimeOffset now)
    {
        var resumed = await session.QueryAsync(
            "resume_approved",
            static row => (row.BigInteger("workspace_key"), row.Text("lane")),
            Parameter.IdList("@ids", ids),
            Parameter.Text("@waiting_for", WaitingFor.Approval.ToName()),
            Parameter.Text("@data", new EventData { Decision = reply.Verdict.ToName(), Comment = reply.Comment }.ToJson()),
            Parameter.Time("@now", now)).ConfigureAwait(false);
        await session.MarkReadyAsync(resumed).ConfigureAwait(false);
    }

    public static ApprovalRecord Read(Row row) => new(
        row.Integer("number"),
        row.Text("question"),
        row.MemoryOrNull("details"),
        row.Time("requested_at"),
        row.TimeOrNull("expires_at"),
        row.IsNull("decision")
            ? null
            : new ApprovalReply(ApprovalVerdictNames.Parse(row.Text("decision")), row.MemoryOrNull("edits"), row.TextOrNull("comment")));
}
