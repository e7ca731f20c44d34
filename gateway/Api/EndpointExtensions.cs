using Orchestrator.Contracts;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Auditing;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;

namespace Orchestrator.Gateway.Api;

/// <summary>What an endpoint declares about itself; the pipeline enforces it and the OpenAPI document shows it.</summary>
internal static class EndpointExtensions
{
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder builder, params QueryParameter[] parameters) =>
        builder.WithMetadata(new EndpointQuery(parameters));

    /// <summary>Leaves the endpoint out of the audit log; docs/audit.md names those that are.</summary>
    public static TBuilder WithoutAudit<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(NotAudited.Instance);

    /// <summary>What a caller's key must allow; reading needs <c>read</c> where nothing is said.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, KeyVerb verb, bool ofCluster = false)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new NeededScope(verb, ofCluster));

    public static RouteHandlerBuilder WithHeaders(this RouteHandlerBuilder builder, params HeaderParameter[] headers) =>
        builder.WithMetadata(new EndpointHeaders(headers));

    /// <summary>Every media type reaches the endpoint, whose reader then says what it takes.</summary>
    public static RouteHandlerBuilder WithBody<T>(this RouteHandlerBuilder builder, long limit, bool optional = false)
        where T : notnull =>
        builder.Accepts<T>(optional, "application/json", "*/*").WithMetadata(new BodyLimit(limit))
            .WithProblems(ProblemTypes.TooLarge, ProblemTypes.UnsupportedMediaType);

    /// <summary>Declares problems beyond those that every endpoint may answer.</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder builder, params ProblemType[] types)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in types.Select(type => type.Status).Distinct())
        {
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemResponse), [ProblemResult.MediaType]));
        }

        return builder;
    }
}
