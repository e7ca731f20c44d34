using Microsoft.AspNetCore.Diagnostics;
using Orchestrator.Storage;

namespace Orchestrator.Gateway.Problems;

/// <summary>Turns what escapes an endpoint into a problem; what nobody foresaw is logged and answered without its inside.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan StoreRetryAfter = TimeSpan.FromSeconds(2);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.Response.HasStarted || httpContext.RequestAborted.IsCancellationRequested)
        {
            return false;
        }

        await new ProblemResult(ToProblem(httpContext, exception)).ExecuteAsync(httpContext);
        return true;
    }

    private Problem ToProblem(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case ProblemException known:
                return known.Problem;
            case BadHttpRequestException bad:
                return new Problem(ProblemTypes.Of(bad), bad.Message);
            case StoreUnavailableException away:
                LogStoreUnavailable(logger, http.Request.Method, http.Request.Path, away);
                return new Problem(ProblemTypes.Of(away), "Whether the request was carried out is not known; repeat it with an Idempotency-Key.") { RetryAfter = StoreRetryAfter };
            default:
                LogUnhandled(logger, http.Request.Method, http.Request.Path, exception);
                return new Problem(ProblemTypes.Of(exception), "The cause is in the gateway's log under this traceId.");
        }
    }
}
