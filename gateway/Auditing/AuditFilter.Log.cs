namespace Orchestrator.Gateway.Auditing;

internal sealed partial class AuditFilter
{
    [LoggerMessage(4011, LogLevel.Warning, "That {Actor} tried {Operation} on {Kind} {Id}, which ended with {Status}, could not be written to the audit log.")]
    private static partial void LogNotWritten(ILogger logger, string actor, string operation, string? kind, string? id, int status, Exception exception);
}
