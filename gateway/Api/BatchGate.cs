using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Api;

/// <summary>Bounds the memory that batches take: so many are read and stored at the same time, the next ones wait a little.</summary>
internal sealed class BatchGate(BatchSlots slots, IOptions<GatewayOptions> options) : IEndpointFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!await slots.Semaphore.WaitAsync(Patience, context.HttpContext.RequestAborted))
        {
            throw new ProblemException(new Problem(ProblemTypes.Overloaded, $"{options.Value.MaxConcurrentBatches} batches are being stored.")
            {
                RetryAfter = Patience,
            });
        }

        try
        {
            return await next(context);
        }
        finally
        {
            slots.Semaphore.Release();
        }
    }
}
