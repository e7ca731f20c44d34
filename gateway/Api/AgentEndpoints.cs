using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Agents;
using Orchestrator.Core.Agents;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Agents;

namespace Orchestrator.Gateway.Api;

internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/agents").WithTags("Agents");

        all.MapPost("", CreateAsync)
            .WithName("CreateAgent")
            .Needs(KeyVerb.Admin, ofCluster: true)
            .WithSummary("Creates an agent, for all workspaces")
            .WithDescription("Its tasks have the action `agent.{name}`. Every silo that can run it offers that within seconds.")
            .WithBody<CreateAgentRequest>(BodyLimit.Task)
            .WithProblems(ProblemTypes.AgentExists, ProblemTypes.Unprocessable);

        all.MapGet("", ListAsync)
            .WithName("ListAgents")
            .WithSummary("Lists the agents by name")
            .WithQuery(QueryParameters.Limit, QueryParameters.Cursor);

        var one = api.MapGroup("/agents/{name}").WithTags("Agents");

        one.MapGet("", GetAsync)
            .WithName("GetAgent")
            .WithSummary("Answers an agent as it is now; of secrets their names only")
            .WithProblems(ProblemTypes.AgentNotFound);

        one.MapPut("", PutAsync)
            .WithName("PutAgent")
            .Needs(KeyVerb.Admin, ofCluster: true)
            .WithSummary("Replaces an agent by a new version, or creates it")
            .WithDescription("Tasks that have begun go on as the version that they began with. A secret that is null in the body stays as it is stored.")
            .WithBody<PutAgentRequest>(BodyLimit.Task)
            .WithProblems(ProblemTypes.Unprocessable);

        one.MapDelete("", DeleteAsync)
            .WithName("DeleteAgent")
            .Needs(KeyVerb.Admin, ofCluster: true)
            .WithSummary("Deletes an agent with all its versions")
            .WithDescription("A task of it that has begun fails as `unservable` when it would go on; one that has not stays queued.")
            .WithProblems(ProblemTypes.AgentNotFound);
    }

    private static async Task<Created<AgentResponse>> CreateAsync(HttpContext http, IAgentStore agents, SignalHub signals, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var (name, change) = AgentReader.Read(body.Root, name: null, new FieldErrors());
        return await agents.PutAsync(name, before => before is null ? change(before) : null, cancellationToken) switch
        {
            AgentChange.Saved saved => TypedResults.Created(PathOf(name), Announce(saved, signals)),
            AgentChange.Kept => throw new ProblemException(new Problem(ProblemTypes.AgentExists, $"There is an agent '{name}' already.").At("/name", "is the name of another agent.")),
            _ => throw TooMany(),
        };
    }

    private static async Task<Results<Ok<AgentResponse>, Created<AgentResponse>>> PutAsync(
        string name, HttpContext http, IAgentStore agents, SignalHub signals, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        PathIds.Agent(errors, name);
        var (_, change) = AgentReader.Read(body.Root, name, errors);
        return await agents.PutAsync(name, change, cancellationToken) switch
        {
            AgentChange.Saved { IsNew: true } saved => TypedResults.Created(PathOf(name), Announce(saved, signals)),
            AgentChange.Saved saved => TypedResults.Ok(Announce(saved, signals)),
            _ => throw TooMany(),
        };
    }

    private static async Task<Ok<Page<AgentResponse>>> ListAsync(HttpContext http, IAgentStore agents, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var after = query.NameCursor();
        errors.ThrowIfAny();

        var found = await agents.ListAsync(after, limit + 1, cancellationToken);
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<AgentResponse>(
            [.. items.Select(agent => agent.ToResponse())],
            found.Count > limit ? Cursor.Encode(items[^1].Definition.Name) : null));
    }

    private static async Task<Ok<AgentResponse>> GetAsync(string name, IAgentStore agents, CancellationToken cancellationToken)
    {
        Check(name);
        return TypedResults.Ok((await agents.FindAsync(name, cancellationToken) ?? throw NotFound(name)).ToResponse());
    }

    private static async Task<NoContent> DeleteAsync(string name, IAgentStore agents, SignalHub signals, CancellationToken cancellationToken)
    {
        Check(name);
        if (!await agents.DeleteAsync(name, cancellationToken))
        {
            throw NotFound(name);
        }

        signals.SignalAgentsChanged();
        return TypedResults.NoContent();
    }

    private static AgentResponse Announce(AgentChange.Saved saved, SignalHub signals)
    {
        signals.SignalAgentsChanged();
        return saved.Agent.ToResponse();
    }

    private static void Check(string name)
    {
        var errors = new FieldErrors();
        PathIds.Agent(errors, name);
        errors.ThrowIfAny();
    }

    private static string PathOf(string name) => $"{ApiRoutes.Prefix}/agents/{name}";

    private static ProblemException NotFound(string name) => new(new Problem(ProblemTypes.AgentNotFound, $"There is no agent '{name}'."));

    private static ProblemException TooMany() =>
        new(new Problem(ProblemTypes.Unprocessable, $"There are {AgentLimits.MaxAgents} agents, as many as there may be."));
}
