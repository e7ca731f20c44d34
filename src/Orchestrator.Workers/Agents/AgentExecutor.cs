using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Agents;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Agents;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Agents.Loop;
using Orchestrator.Workers.Agents.Mcp;
using Orchestrator.Workers.Generation;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Agents;

/// <summary>Runs the tasks of agents: finds which agent a task's is, and names every failure.</summary>
internal sealed class AgentExecutor(
    AgentDirectory directory, AgentChoice choice, IAgentModels models, McpTransports transports, IOptions<AgentOptions> options, TimeProvider time) : IActionExecutor
{
    public async Task<AttemptResult> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        if (AgentInput.Read(context.Input, out var problem) is not { } input)
        {
            return new AttemptResult.Failure(TaskError.Of(ErrorCodes.InvalidInput, problem));
        }

        var (agent, state, error) = await FindAsync(context, cancellationToken).ConfigureAwait(false);
        if (error is not null)
        {
            return new AttemptResult.Failure(error);
        }

        AgentOutput output;
        try
        {
            output = AgentOutput.Of(agent!.Definition.OutputSchema);
        }
        catch (SchemaException exception)
        {
            return new AttemptResult.Failure(TaskError.Of(
                ErrorCodes.InvalidInput, $"The output schema of the agent {agent!.Definition.Name} is no JSON Schema: {string.Join(' ', exception.Errors.Select(static flaw => $"{flaw.Path}: {flaw.Message}"))}"));
        }

        var tools = new Toolbox(agent.Definition, output, server => new McpConnection(server, transports, options.Value, time));
        var run = new AgentRun(context, agent, input, state!, output, tools, models, time);
        await using (run.ConfigureAwait(false))
        {
            return await RunAsync(run, agent.Definition, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static async Task<AttemptResult> RunAsync(AgentRun run, AgentDefinition agent, CancellationToken cancellationToken)
    {
        try
        {
            return await run.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && run.IsTurnOver)
        {
            return run.Fail(TaskError.Of(ErrorCodes.Timeout, string.Create(CultureInfo.InvariantCulture, $"Turn {run.Turn} took longer than {agent.TurnTimeoutMs} ms.")));
        }
        catch (ModelException exception)
        {
            return run.Fail(exception.ToFailure());
        }
        catch (McpServerException exception)
        {
            return run.Fail(TaskError.Of(ErrorCodes.ResourceUnavailable, exception.Message));
        }
    }

    /// <summary>The agent that the task has begun as, or the one that it begins as now.</summary>
    private async Task<(Agent? Agent, AgentState? State, TaskError? Error)> FindAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        if (context.Checkpoint is not { } checkpoint)
        {
            return choice.Choose(context.Action, context.Skills, out var problem) is { } chosen
                ? (chosen, new AgentState { Agent = chosen.Definition.Name, Version = chosen.Version, CreatedAt = chosen.CreatedAt }, null)
                : (null, null, TaskError.Of(ErrorCodes.Unservable, problem));
        }

        AgentState state;
        try
        {
            state = AgentStateJson.Read(checkpoint);
        }
        catch (JsonException)
        {
            return (null, null, new TaskError(ErrorCodes.WorkerError, "The task's checkpoint is none of an agent.", false));
        }

        var agent = await directory.FindAsync(state.Agent, state.Version, state.CreatedAt, cancellationToken).ConfigureAwait(false);
        return agent is null
            ? (null, null, TaskError.Of(ErrorCodes.Unservable, string.Create(CultureInfo.InvariantCulture, $"Version {state.Version} of the agent {state.Agent}, as which the task began, is not there any more.")))
            : choice.FindObjection(agent.Definition) is { } objection
                ? (null, null, TaskError.Of(ErrorCodes.Unservable, $"The agent {state.Agent} cannot run here: {objection}."))
                : (agent, state, null);
    }
}
