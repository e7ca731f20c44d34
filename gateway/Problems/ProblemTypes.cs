using Orchestrator.Storage;

namespace Orchestrator.Gateway.Problems;

/// <summary>Every kind of problem that the gateway answers. Their slugs are part of the contract.</summary>
internal static class ProblemTypes
{
    public static readonly ProblemType Validation = new("validation", 400, "The request is malformed.");
    public static readonly ProblemType MalformedJson = new("malformed-json", 400, "The body is not valid JSON.");
    public static readonly ProblemType BadRequest = new("bad-request", 400, "The request cannot be understood.");
    public static readonly ProblemType Unauthorized = new("unauthorized", 401, "The request needs a valid key.");
    public static readonly ProblemType MissingScope = new("missing-scope", 403, "The key does not allow it.");
    public static readonly ProblemType ForeignHost = new("foreign-host", 403, "The request comes by way of a host that is not served.");
    public static readonly ProblemType NotFound = new("not-found", 404, "There is no such thing.");
    public static readonly ProblemType WorkspaceNotFound = new("workspace-not-found", 404, "There is no such workspace.");
    public static readonly ProblemType TaskNotFound = new("task-not-found", 404, "There is no such task.");
    public static readonly ProblemType BulkNotFound = new("bulk-not-found", 404, "There is no such operation.");
    public static readonly ProblemType ScheduleNotFound = new("schedule-not-found", 404, "There is no such schedule.");
    public static readonly ProblemType WebhookNotFound = new("webhook-not-found", 404, "There is no such webhook.");
    public static readonly ProblemType DeliveryNotFound = new("delivery-not-found", 404, "There is no such delivery.");
    public static readonly ProblemType SiloNotFound = new("silo-not-found", 404, "There is no such silo.");
    public static readonly ProblemType ResourceNotFound = new("resource-not-found", 404, "There is no such resource.");
    public static readonly ProblemType AgentNotFound = new("agent-not-found", 404, "There is no such agent.");
    public static readonly ProblemType DefinitionNotFound = new("definition-not-found", 404, "There is no such definition.");
    public static readonly ProblemType RunNotFound = new("run-not-found", 404, "There is no such run.");
    public static readonly ProblemType StepNotFound = new("step-not-found", 404, "The run has no such step.");
    public static readonly ProblemType FuseNotFound = new("fuse-not-found", 404, "There is no such fuse.");
    public static readonly ProblemType KeyNotFound = new("key-not-found", 404, "There is no such key.");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "The path does not take this method.");
    public static readonly ProblemType RequestTimeout = new("request-timeout", 408, "The request came too slowly.");
    public static readonly ProblemType WorkspaceExists = new("workspace-exists", 409, "The workspace exists.");
    public static readonly ProblemType WorkspaceInUse = new("workspace-in-use", 409, "The workspace cannot be deleted now.");
    public static readonly ProblemType ScheduleExists = new("schedule-exists", 409, "The schedule exists.");
    public static readonly ProblemType AgentExists = new("agent-exists", 409, "The agent exists.");
    public static readonly ProblemType KeyExists = new("key-exists", 409, "The key exists.");
    public static readonly ProblemType DefinitionExists = new("definition-exists", 409, "Another definition is published under this name.");
    public static readonly ProblemType RunState = new("run-state", 409, "The state of the run does not allow it.");
    public static readonly ProblemType TaskOfRun = new("task-of-run", 409, "The task is a step of a run.");
    public static readonly ProblemType TaskEnded = new("task-ended", 409, "The task has ended.");
    public static readonly ProblemType TaskNotEnded = new("task-not-ended", 409, "The task has not ended.");
    public static readonly ProblemType TaskStarted = new("task-started", 409, "The task has started.");
    public static readonly ProblemType NotAsked = new("not-asked", 409, "The task does not wait for approval.");
    public static readonly ProblemType TooManyMessages = new("too-many-messages", 409, "Too many messages wait for the task's worker.");
    public static readonly ProblemType NoResult = new("no-result", 409, "The task has no result.");
    public static readonly ProblemType LeaseLost = new("lease_lost", 409, "The lease is not held any more.");
    public static readonly ProblemType TooLarge = new("too-large", 413, "The request is too large.");
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "The body is not of a supported type.");
    public static readonly ProblemType Unprocessable = new("unprocessable", 422, "The request cannot be carried out as it stands.");
    public static readonly ProblemType IdempotencyConflict = new("idempotency-conflict", 422, "The idempotency key was used with another request.");
    public static readonly ProblemType UpgradeRequired = new("upgrade-required", 426, "The path is served over WebSocket only.");
    public static readonly ProblemType TooManyActions = new("too-many-actions", 429, "The workspace has ready tasks of too many different actions.");
    public static readonly ProblemType PendingCap = new("pending-cap", 429, "The workspace has too many tasks that wait or run.");
    public static readonly ProblemType HeadersTooLarge = new("headers-too-large", 431, "The headers are too large.");
    public static readonly ProblemType Internal = new("internal", 500, "The request failed inside.");
    public static readonly ProblemType StoreUnavailable = new("store-unavailable", 503, "The store cannot be reached now.");
    public static readonly ProblemType Draining = new("draining", 503, "The process gives out no more work.");
    public static readonly ProblemType Overloaded = new("overloaded", 503, "Too much is being done at once.");

    public static IReadOnlyList<ProblemType> All { get; } =
    [
        Validation, MalformedJson, BadRequest, Unauthorized, MissingScope, ForeignHost, NotFound, WorkspaceNotFound, TaskNotFound, BulkNotFound, ScheduleNotFound,
        WebhookNotFound, DeliveryNotFound, SiloNotFound, ResourceNotFound, AgentNotFound,
        DefinitionNotFound, RunNotFound, StepNotFound, FuseNotFound, KeyNotFound, MethodNotAllowed, RequestTimeout, WorkspaceExists,
        WorkspaceInUse, ScheduleExists, AgentExists, KeyExists, DefinitionExists, RunState, TaskOfRun,
        TaskEnded, TaskNotEnded, TaskStarted, NotAsked, TooManyMessages, NoResult, LeaseLost, TooLarge, UnsupportedMediaType, Unprocessable, IdempotencyConflict,
        UpgradeRequired, TooManyActions, PendingCap, HeadersTooLarge, Internal, StoreUnavailable, Draining, Overloaded,
    ];

    /// <summary>The type that an exception is answered as.</summary>
    public static ProblemType Of(Exception exception) => exception switch
    {
        ProblemException known => known.Problem.Type,
        BadHttpRequestException bad => ForStatus(bad.StatusCode),
        StoreUnavailableException => StoreUnavailable,
        _ => Internal,
    };

    /// <summary>The type for a status that the framework chose.</summary>
    public static ProblemType ForStatus(int status) => status switch
    {
        401 => Unauthorized,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => RequestTimeout,
        413 => TooLarge,
        415 => UnsupportedMediaType,
        431 => HeadersTooLarge,
        503 => Overloaded,
        >= 400 and < 500 => BadRequest,
        _ => Internal,
    };
}
