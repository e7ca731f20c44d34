using Orchestrator.Contracts.Json;

namespace Orchestrator.Client.Workers;

/// <summary>
/// Executes one attempt and answers its result. A <see cref="RemoteTaskException"/> says how it failed; any other exception is a
/// <c>worker_error</c>.
/// </summary>
/// <param name="cancellationToken">The attempt is over: <see cref="RemoteAttempt.Stop"/> says why. What is still answered then is dropped, unless the worker only drains.</param>
public delegate Task<RawJson?> RemoteHandler(RemoteAttempt attempt, CancellationToken cancellationToken);
