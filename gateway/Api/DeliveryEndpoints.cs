using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Webhooks;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Gateway.Api;

internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder webhook)
    {
        webhook.MapGet("/deliveries", ListAsync)
            .WithName("ListDeliveries")
            .Needs(KeyVerb.Admin)
            .WithSummary("Lists what a webhook was and is to be told, by event id")
            .WithQuery(QueryParameters.DeliveryStatus, QueryParameters.Limit, QueryParameters.Cursor);

        webhook.MapPost("/deliveries/{event}/retry", RetryAsync)
            .WithName("RetryDelivery")
            .Needs(KeyVerb.Admin)
            .WithSummary("Sends an event once more, with the same id, whatever became of it")
            .WithProblems(ProblemTypes.DeliveryNotFound);
    }

    private static async Task<Ok<Page<DeliveryResponse>>> ListAsync(
        string id, HttpContext http, IWebhookStore webhooks, IDeliveryStore deliveries, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var state = query.DeliveryState();
        var limit = query.Limit();
        var after = query.EventCursor();
        errors.ThrowIfAny();

        var webhook = await WebhookEndpoints.RequireAsync(id, http, webhooks, cancellationToken);
        var found = await deliveries.ListAsync(webhook.Id, state, after, limit + 1, cancellationToken);
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<DeliveryResponse>(
            [.. items.Select(delivery => delivery.ToResponse())],
            found.Count > limit ? Cursor.Encode(items[^1].EventId) : null));
    }

    private static async Task<Ok<DeliveryResponse>> RetryAsync(
        string id, string @event, HttpContext http, IWebhookStore webhooks, IDeliveryStore deliveries, CancellationToken cancellationToken)
    {
        var webhook = await WebhookEndpoints.RequireAsync(id, http, webhooks, cancellationToken);
        var delivery = await deliveries.RetryAsync(webhook.Id, @event, cancellationToken)
            ?? throw new ProblemException(new Problem(ProblemTypes.DeliveryNotFound, $"The webhook has no delivery of an event '{@event}'."));
        return TypedResults.Ok(delivery.ToResponse());
    }
}
