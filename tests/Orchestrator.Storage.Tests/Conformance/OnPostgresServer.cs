using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

[OnPostgres]
public sealed class PostgresSubmissionTests() : SubmissionConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresIdempotencyTests() : IdempotencyConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresDependencyTests() : DependencyConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresTurnTests() : TurnConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresFairShareTests() : FairShareConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresParkingTests() : ParkingConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresLeaseTests() : LeaseConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRemoteLeaseTests() : RemoteLeaseConformance(OnPostgresServer.CreateAsync);

public sealed class PostgresAppendTests() : AppendConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresReaderTests() : ReaderConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresControlTests() : ControlConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresReminderTests() : ReminderConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresBlockingTests() : BlockingConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresBulkTests() : BulkConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresScheduleTests() : ScheduleConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresFireTests() : FireConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresResourceTests() : ResourceConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresLevelTests() : LevelConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresResourceQueueTests() : ResourceQueueConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRefusalTests() : RefusalConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresAgentTests() : AgentConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresDefinitionTests() : DefinitionConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresWebhookTests() : WebhookConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresOutboxTests() : OutboxConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresDeliveryTests() : DeliveryConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresScoreTests() : ScoreConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresSiloTests() : SiloConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresDelegationTests() : DelegationConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresWaitingParentTests() : WaitingParentConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresChildrenWaitTests() : ChildrenWaitConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresMessageTests() : MessageConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresApprovalTests() : ApprovalConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRetentionTests() : RetentionConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresUsageTests() : UsageConformance(OnPostgresServer.CreateAsync);

public sealed class PostgresTimelineTests() : TimelineConformance(OnPostgresServer.CreateAsync);

public sealed class PostgresErrorTests() : ErrorConformance(OnPostgresServer.CreateAsync);

public sealed class PostgresAuditTests() : AuditConformance(OnPostgresServer.CreateAsync);

public sealed class PostgresKeyTests() : KeyConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresWorkspaceTests() : WorkspaceConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresSkillTests() : SkillConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRunTests() : RunConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRunStartTests() : RunStartConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRunChangeTests() : RunChangeConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRunCompensationTests() : RunCompensationConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRunNewsTests() : RunNewsConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRunBreakageTests() : RunBreakageConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRunRoomTests() : RunRoomConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresRunReadTests() : RunReadConformance(OnPostgresServer.CreateAsync);

internal static class OnPostgresServer
{
    public static async Task<ITestStore> CreateAsync() => await PostgresTestStore.CreateAsync();
}

[OnPostgres]
public sealed class PostgresAntiLoopTests() : AntiLoopConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresBudgetTests() : BudgetConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresPendingCapTests() : PendingCapConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresCircuitTests() : CircuitConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresCircuitQueueTests() : CircuitQueueConformance(OnPostgresServer.CreateAsync);

[OnPostgres]
public sealed class PostgresWorkloadTests() : WorkloadConformance(OnPostgresServer.CreateAsync);
