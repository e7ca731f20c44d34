namespace Orchestrator.Telemetry;

/// <summary>Names of the metrics as they are exposed; times are in seconds.</summary>
public static class InstrumentNames
{
    public const string TaskDuration = "orchestrator_task_duration_seconds";
    public const string TaskQueueDuration = "orchestrator_task_queue_duration_seconds";
    public const string TaskRetries = "orchestrator_task_retries_total";
    public const string TaskFailures = "orchestrator_task_failures_total";
    public const string TasksCompleted = "orchestrator_task_completions_total";
    public const string AttemptsAbandoned = "orchestrator_attempts_abandoned_total";
    public const string AttemptsHandedBack = "orchestrator_attempts_handed_back_total";
    public const string ChildrenWaits = "orchestrator_children_waits_total";
    public const string ApprovalWaits = "orchestrator_approval_waits_total";
    public const string SettlementsGivenUp = "orchestrator_settlements_given_up_total";
    public const string ChunksDropped = "orchestrator_attempt_chunks_dropped_total";
    public const string LeasesLost = "orchestrator_leases_lost_total";
    public const string HeartbeatMissed = "orchestrator_worker_heartbeat_missed_total";
    public const string PoolWorkers = "orchestrator_pool_workers_total";
    public const string PoolWorkersBusy = "orchestrator_pool_workers_busy";
    public const string PoolQueueSize = "orchestrator_pool_queue_size";
    public const string HeartbeatFailures = "orchestrator_heartbeat_failures_total";
    public const string HeartbeatDuration = "orchestrator_heartbeat_duration_seconds";
    public const string TurnDuration = "orchestrator_dispatch_turn_duration_seconds";
    public const string TurnFailures = "orchestrator_dispatch_turn_failures_total";
    public const string TurnTasks = "orchestrator_dispatch_turn_tasks";
    public const string BatchSize = "orchestrator_store_batch_size";
    public const string BatchDuration = "orchestrator_store_batch_duration_seconds";
    public const string BatchFailures = "orchestrator_store_batch_failures_total";
    public const string BatchRefusals = "orchestrator_store_batch_refusals_total";
    public const string SignalsSent = "orchestrator_signals_sent_total";
    public const string SignalsReceived = "orchestrator_signals_received_total";
    public const string SignalFailures = "orchestrator_signal_failures_total";
    public const string FeedClients = "orchestrator_feed_clients";
    public const string FeedMessages = "orchestrator_feed_messages_total";
    public const string FeedSkipped = "orchestrator_feed_skipped_total";
    public const string FeedDropped = "orchestrator_feed_dropped_total";
    public const string FeedNewsSent = "orchestrator_feed_news_sent_total";
    public const string ResourceWaits = "orchestrator_resource_waits_total";
    public const string ResourceWakes = "orchestrator_resource_wakes_total";
    public const string ResourceRefusals = "orchestrator_resource_refusals_total";
    public const string WebhookDeliveries = "orchestrator_webhook_deliveries_total";
    public const string WebhookDeliveryDuration = "orchestrator_webhook_delivery_duration_seconds";
    public const string PriorityCacheHits = "orchestrator_priority_cache_hits_total";
    public const string PriorityCacheMisses = "orchestrator_priority_cache_misses_total";
    public const string PriorityScores = "orchestrator_priority_scores_total";
    public const string PriorityFallbacks = "orchestrator_priority_fallbacks_total";
    public const string PriorityDropped = "orchestrator_priority_dropped_total";
    public const string PriorityTokens = "orchestrator_priority_tokens_total";
    public const string PriorityModelDuration = "orchestrator_priority_model_duration_seconds";
    public const string FusesTripped = "orchestrator_fuses_tripped_total";
    public const string MaintenanceRows = "orchestrator_maintenance_rows_total";
    public const string MaintenanceFailures = "orchestrator_maintenance_failures_total";
    public const string Runs = "orchestration_runs_total";
    public const string RunDuration = "orchestration_run_duration_seconds";
    public const string StepDuration = "orchestration_step_duration_seconds";
    public const string StepQueueDuration = "orchestration_step_queue_seconds";
}
