using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public sealed class SqliteSubmissionTests() : SubmissionConformance(OnSqlite.CreateAsync);

public sealed class SqliteIdempotencyTests() : IdempotencyConformance(OnSqlite.CreateAsync);

public sealed class SqliteDependencyTests() : DependencyConformance(OnSqlite.CreateAsync);

public sealed class SqliteTurnTests() : TurnConformance(OnSqlite.CreateAsync);

public sealed class SqliteFairShareTests() : FairShareConformance(OnSqlite.CreateAsync);

public sealed class SqliteParkingTests() : ParkingConformance(OnSqlite.CreateAsync);

public sealed class SqliteLeaseTests() : LeaseConformance(OnSqlite.CreateAsync);

public sealed class SqliteRemoteLeaseTests() : RemoteLeaseConformance(OnSqlite.CreateAsync);

public sealed class SqliteAppendTests() : AppendConformance(OnSqlite.CreateAsync);

public sealed class SqliteReaderTests() : ReaderConformance(OnSqlite.CreateAsync);

public sealed class SqliteControlTests() : ControlConformance(OnSqlite.CreateAsync);

public sealed class SqliteReminderTests() : ReminderConformance(OnSqlite.CreateAsync);

public sealed class SqliteBlockingTests() : BlockingConformance(OnSqlite.CreateAsync);

public sealed class SqliteBulkTests() : BulkConformance(OnSqlite.CreateAsync);

public sealed class SqliteScheduleTests() : ScheduleConformance(OnSqlite.CreateAsync);

public sealed class SqliteFireTests() : FireConformance(OnSqlite.CreateAsync);

public sealed class SqliteResourceTests() : ResourceConformance(OnSqlite.CreateAsync);

public sealed class SqliteLevelTests() : LevelConformance(OnSqlite.CreateAsync);

public sealed class SqliteResourceQueueTests() : ResourceQueueConformance(OnSqlite.CreateAsync);

public sealed class SqliteRefusalTests() : RefusalConformance(OnSqlite.CreateAsync);

public sealed class SqliteAgentTests() : AgentConformance(OnSqlite.CreateAsync);

public sealed class SqliteDefinitionTests() : DefinitionConformance(OnSqlite.CreateAsync);

public sealed class SqliteWebhookTests() : WebhookConformance(OnSqlite.CreateAsync);

public sealed class SqliteOutboxTests() : OutboxConformance(OnSqlite.CreateAsync);

public sealed class SqliteDeliveryTests() : DeliveryConformance(OnSqlite.CreateAsync);

public sealed class SqliteScoreTests() : ScoreConformance(OnSqlite.CreateAsync);

public sealed class SqliteSiloTests() : SiloConformance(OnSqlite.CreateAsync);

public sealed class SqliteDelegationTests() : DelegationConformance(OnSqlite.CreateAsync);

public sealed class SqliteWaitingParentTests() : WaitingParentConformance(OnSqlite.CreateAsync);

public sealed class SqliteChildrenWaitTests() : ChildrenWaitConformance(OnSqlite.CreateAsync);

public sealed class SqliteMessageTests() : MessageConformance(OnSqlite.CreateAsync);

public sealed class SqliteApprovalTests() : ApprovalConformance(OnSqlite.CreateAsync);

public sealed class SqliteRetentionTests() : RetentionConformance(OnSqlite.CreateAsync);

public sealed class SqliteUsageTests() : UsageConformance(OnSqlite.CreateAsync);

public sealed class SqliteTimelineTests() : TimelineConformance(OnSqlite.CreateAsync);

public sealed class SqliteErrorTests() : ErrorConformance(OnSqlite.CreateAsync);

public sealed class SqliteAuditTests() : AuditConformance(OnSqlite.CreateAsync);

public sealed class SqliteKeyTests() : KeyConformance(OnSqlite.CreateAsync);

public sealed class SqliteWorkspaceTests() : WorkspaceConformance(OnSqlite.CreateAsync);

public sealed class SqliteAntiLoopTests() : AntiLoopConformance(OnSqlite.CreateAsync);

public sealed class SqliteBudgetTests() : BudgetConformance(OnSqlite.CreateAsync);

public sealed class SqlitePendingCapTests() : PendingCapConformance(OnSqlite.CreateAsync);

public sealed class SqliteSkillTests() : SkillConformance(OnSqlite.CreateAsync);

public sealed class SqliteCircuitTests() : CircuitConformance(OnSqlite.CreateAsync);

public sealed class SqliteWorkloadTests() : WorkloadConformance(OnSqlite.CreateAsync);

public sealed class SqliteCircuitQueueTests() : CircuitQueueConformance(OnSqlite.CreateAsync);

public sealed class SqliteRunTests() : RunConformance(OnSqlite.CreateAsync);

public sealed class SqliteRunStartTests() : RunStartConformance(OnSqlite.CreateAsync);

public sealed class SqliteRunChangeTests() : RunChangeConformance(OnSqlite.CreateAsync);

public sealed class SqliteRunCompensationTests() : RunCompensationConformance(OnSqlite.CreateAsync);

public sealed class SqliteRunNewsTests() : RunNewsConformance(OnSqlite.CreateAsync);

public sealed class SqliteRunBreakageTests() : RunBreakageConformance(OnSqlite.CreateAsync);

public sealed class SqliteRunRoomTests() : RunRoomConformance(OnSqlite.CreateAsync);

public sealed class SqliteRunReadTests() : RunReadConformance(OnSqlite.CreateAsync);

internal static class OnSqlite
{
    public static async Task<ITestStore> CreateAsync() => await SqliteTestStore.CreateAsync();
}
