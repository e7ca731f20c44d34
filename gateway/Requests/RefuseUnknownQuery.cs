namespace Orchestrator.Gateway.Requests;

/// <summary>Refuses query parameters on endpoints that declare none; the others read theirs through a <see cref="QueryReader"/>.</summary>
internal sealed class RefuseUnknownQuery : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<EndpointQuery>() is null)
        {
            var errors = new FieldErrors();
            QueryReader.RefuseUnknown(context.HttpContext, errors);
            errors.ThrowIfAny();
        }

        return next(context);
    }
}
