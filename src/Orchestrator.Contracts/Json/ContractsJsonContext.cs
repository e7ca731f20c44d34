using System.Text.Json.Serialization;
using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Audit;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Contracts.Definitions;
using Orchestrator.Contracts.Feed;
using Orchestrator.Contracts.Keys;
using Orchestrator.Contracts.Leases;
using Orchestrator.Contracts.Resources;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Schedules;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Validation;
using Orchestrator.Contracts.Webhooks;
using Orchestrator.Contracts.Workspaces;

namespace Orchestrator.Contracts.Json;

/// <summary>Source-generated metadata of every type that crosses the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(SubmitTaskRequest))]
[JsonSerializable(typeof(SubmitBatchRequest))]
[JsonSerializable(typeof(GenerationRequest))]
[JsonSerializable(typeof(PatchTaskRequest))]
[JsonSerializable(typeof(RetryTaskRequest))]
[JsonSerializable(typeof(SendMessagesRequest))]
[JsonSerializable(typeof(MessagesResponse))]
[JsonSerializable(typeof(ApproveTaskRequest))]
[JsonSerializable(typeof(BulkRequest))]
[JsonSerializable(typeof(BulkResponse))]
[JsonSerializable(typeof(TaskResponse))]
[JsonSerializable(typeof(ExpiredTaskResponse))]
[JsonSerializable(typeof(BatchResponse))]
[JsonSerializable(typeof(Page<TaskResponse>))]
[JsonSerializable(typeof(Page<WorkspaceResponse>))]
[JsonSerializable(typeof(Page<EventResponse>))]
[JsonSerializable(typeof(Page<SiloResponse>))]
[JsonSerializable(typeof(Page<ResourceResponse>))]
[JsonSerializable(typeof(PutResourceRequest))]
[JsonSerializable(typeof(CreateAgentRequest))]
[JsonSerializable(typeof(PutAgentRequest))]
[JsonSerializable(typeof(AgentResponse))]
[JsonSerializable(typeof(Page<AgentResponse>))]
[JsonSerializable(typeof(DefinitionResponse))]
[JsonSerializable(typeof(Page<DefinitionResponse>))]
[JsonSerializable(typeof(StartRunRequest))]
[JsonSerializable(typeof(AbortRunRequest))]
[JsonSerializable(typeof(RetryStepRequest))]
[JsonSerializable(typeof(SkipStepRequest))]
[JsonSerializable(typeof(ApproveStepRequest))]
[JsonSerializable(typeof(ReplayRunRequest))]
[JsonSerializable(typeof(RunResponse))]
[JsonSerializable(typeof(Page<RunResponse>))]
[JsonSerializable(typeof(RunStepDetailResponse))]
[JsonSerializable(typeof(WhyResponse))]
[JsonSerializable(typeof(CreateWorkspaceRequest))]
[JsonSerializable(typeof(PatchWorkspaceRequest))]
[JsonSerializable(typeof(PauseWorkspaceRequest))]
[JsonSerializable(typeof(WorkspaceUsageResponse))]
[JsonSerializable(typeof(CreateScheduleRequest))]
[JsonSerializable(typeof(PatchScheduleRequest))]
[JsonSerializable(typeof(Page<ScheduleResponse>))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(KeyResponse))]
[JsonSerializable(typeof(Page<KeyResponse>))]
[JsonSerializable(typeof(CreateWebhookRequest))]
[JsonSerializable(typeof(PatchWebhookRequest))]
[JsonSerializable(typeof(WebhookResponse))]
[JsonSerializable(typeof(Page<WebhookResponse>))]
[JsonSerializable(typeof(DeliveryResponse))]
[JsonSerializable(typeof(Page<DeliveryResponse>))]
[JsonSerializable(typeof(ValidatePayloadRequest))]
[JsonSerializable(typeof(ValidationResponse))]
[JsonSerializable(typeof(LeaseRequest))]
[JsonSerializable(typeof(LeaseResponse))]
[JsonSerializable(typeof(HeartbeatRequest))]
[JsonSerializable(typeof(HeartbeatResponse))]
[JsonSerializable(typeof(ProgressRequest))]
[JsonSerializable(typeof(ChunksRequest))]
[JsonSerializable(typeof(CompleteRequest))]
[JsonSerializable(typeof(FailRequest))]
[JsonSerializable(typeof(StatsResponse))]
[JsonSerializable(typeof(BacklogResponse))]
[JsonSerializable(typeof(TimelineResponse))]
[JsonSerializable(typeof(ResourceLevelsResponse))]
[JsonSerializable(typeof(Page<ErrorGroupResponse>))]
[JsonSerializable(typeof(Page<AuditEntryResponse>))]
[JsonSerializable(typeof(FeedMessage))]
[JsonSerializable(typeof(FeedStats))]
[JsonSerializable(typeof(FeedProblem))]
[JsonSerializable(typeof(FeedSelection))]
[JsonSerializable(typeof(DrainResponse))]
[JsonSerializable(typeof(ServiceResponse))]
[JsonSerializable(typeof(ProblemResponse))]
public sealed partial class ContractsJsonContext : JsonSerializerContext;
