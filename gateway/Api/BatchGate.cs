using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Api;

/// <summary>Bounds the memory that batches take: so many are read and stored at the same time, the next ones wait a little.</summary>
internal sealed class BatchGate(BatchSlots slots, IOptions<GatewayOptions> options) : IEndpointFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A place is not for slow senders: the largest batch has to arrive within some four minutes.</summary>
    private static readonly MinDataRate Pace = new(bytesPerSecond: 256 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!await slots.Semaphore.WaitAsync(Patience, context.HttpContext.RequestAborted))
        {
            throw new ProblemException(new Problem(ProblemTypes.Overloaded, $"{options.Value.MaxConcurrentBatches} batches are being stored.")
            {
                RetryAfter = Patience,
            });
        }

        if (context.HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = Pace;
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
