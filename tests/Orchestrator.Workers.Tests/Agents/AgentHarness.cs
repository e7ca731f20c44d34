using System.Text;
using Orchestrator.Core.Agents;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Agents;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Agents;
using Orchestrator.Workers.Agents.Loop;
using Orchestrator.Workers.Agents.Mcp;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Agents;

/// <summary>One task of an agent over its attempts, with what a store would keep of it.</summary>
internal sealed class AgentHarness(ScriptedModels models)
{
    private TaskUsage? _toldAtEnds;

    public AgentDefinition Definition { get; init; } = new() { Name = "tester", Instructions = "Be brief.", Model = "a/m", Tools = AgentTools.All, TurnTimeoutMs = 60_000 };

    public FakeJournal Journal { get; } = new();

    public FakeDelegation Delegation { get; } = new();

    public RecordingReporter Reporter { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What a budget has reserved for each attempt.</summary>
    public decimal? Reserved { get; init; }

    public Func<McpServer, McpConnection> Connect { get; init; } = server => throw new InvalidOperationException($"No test gave {server}.");

    /// <summary>What all attempts together have told that they used, with their checkpoints and at their ends.</summary>
    public TaskUsage? Told => TaskUsage.Sum(Journal.Told, _toldAtEnds);

    public ScriptedModels Models => models;

    /// <summary>One attempt, from the checkpoint on; what it leaves to the next is kept.</summary>
    public async Task<AttemptResult> RunAsync(CancellationToken cancellationToken = default)
    {
        var context = Attempts.Of("agent.tester", "{}", Reporter, Timeout, Delegation.Again()) with { Journal = Journal, Checkpoint = Journal.Checkpoint, Reserved = Reserved };
        var state = Journal.Checkpoint is { } checkpoint
            ? AgentStateJson.Read(checkpoint)
            : new AgentState { Agent = "tester", Version = 1, CreatedAt = DateTimeOffset.UnixEpoch };
        var output = AgentOutput.Of(Definition.OutputSchema);
        var run = new AgentRun(
            context, new Agent(Definition, 1, DateTimeOffset.UnixEpoch), [new ChatMessage(ChatRole.User, "go")], state, output, new Toolbox(Definition, output, Connect), models, Time);
        await using (run)
        {
            var result = await AgentExecutor.RunAsync(run, Definition, cancellationToken);
            _toldAtEnds = TaskUsage.Sum(_toldAtEnds, result.Usage);
            Journal.Checkpoint = result switch
            {
                AttemptResult.Waiting { Checkpoint: { } left } => left,
                AttemptResult.Asking { Checkpoint: { } left } => left,
                _ => Journal.Checkpoint,
            };
            return result;
        }
    }

    /// <summary>Attempts until one ends by itself; each that dies is followed by another.</summary>
    public async Task<AttemptResult> RunThroughDeathsAsync()
    {
        while (true)
        {
            try
            {
                return await RunAsync();
            }
            catch (DeadSiloException)
            {
                // The next attempt goes on at what was kept.
            }
        }
    }

    /// <summary>Ends a child of the task.</summary>
    public void EndChild(int index, string result)
    {
        var id = Delegation.Children[index].Id;
        Delegation.Ended[id] = new ChildOutcome(id, TaskState.Completed, Encoding.UTF8.GetBytes(result), null);
    }

    /// <summary>The contents of what the model was shown at its n-th call, from 1, the instructions and the input left out.</summary>
    public string[] Shown(int call) => [.. models.Asked[call - 1].Messages.Skip(2).Select(static message => message.Content)];
}
