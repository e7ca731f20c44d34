using System.Diagnostics;
using System.Net;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Audit;

namespace Orchestrator.Gateway.Auditing;

/// <summary>
/// Writes every changing request to the audit log, before it is answered: a change is not acknowledged unless the log tells of it. A
/// refusal is answered in any case.
/// </summary>
internal sealed partial class AuditFilter(IAuditStore audit, AuditTargets targets, ILogger<AuditFilter> logger) : IEndpointFilter
{
    /// <summary>How long a refusal may wait for its entry.</summary>
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(2);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        HttpMethods.IsGet(context.HttpContext.Request.Method) || context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<NotAudited>() is not null
            ? next(context)
            : AuditAsync(context, next);

    private async ValueTask<object?> AuditAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var target = await targets.FindAsync(http, http.RequestAborted);
        object? result;
        try
        {
            result = await next(context);
        }
        catch (Exception exception)
        {
            await WriteRefusalAsync(http, target, exception);
            throw;
        }

        var answer = result is INestedHttpResult nested ? nested.Result : result;
        if ((answer as IValueHttpResult)?.Value is BulkResponse { DryRun: true })
        {
            // It counted, and changed nothing.
            return result;
        }

        var status = (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        await audit.WriteAsync(EntryOf(http, AuditTargets.Complete(target, (answer as IValueHttpResult)?.Value), status, problem: null), CancellationToken.None);
        return result;
    }

    private async Task WriteRefusalAsync(HttpContext http, AuditTarget target, Exception exception)
    {
        var isGone = exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested;
        var problem = isGone ? null : ProblemTypes.Of(exception);
        var entry = EntryOf(http, target, problem?.Status ?? StatusCodes.Status499ClientClosedRequest, problem);
        try
        {
            using var limit = new CancellationTokenSource(RefusalLimit);
            await audit.WriteAsync(entry, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception failure)
        {
            LogNotWritten(logger, entry.Actor, entry.Operation, entry.TargetKind, entry.TargetId, entry.Status, failure);
        }
    }

    private static NewAuditEntry EntryOf(HttpContext http, AuditTarget target, int status, ProblemType? problem) => new(
        http.Features.Get<CallerContext>()?.Name ?? CallerContext.Anonymous,
        http.GetEndpoint()!.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName,
        status)
    {
        SourceAddress = AddressOf(http.Connection.RemoteIpAddress),
        TargetKind = target.Kind,
        TargetId = target.Id,
        Workspace = target.Workspace,
        ProblemType = problem?.Uri,
        TraceId = Activity.Current?.Id ?? http.TraceIdentifier,
    };

    private static string? AddressOf(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
