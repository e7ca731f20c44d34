using Microsoft.Extensions.Options;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Runs;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Operations;

public sealed class RunOperations(
    IRunStore runs, DefinitionLookup definitions, RunStarter starter, IIdSource ids, IOptions<RunOptions> options, SignalHub hub) : IRunOperations
{
    public async Task<StartOutcome> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await definitions.FindAsync(request.Owner, request.Name, request.Version, cancellationToken).ConfigureAwait(false) is not { } definition)
        {
            return new StartOutcome.DefinitionNotFound();
        }

        if (definition.InputSchema is { } schema)
        {
            switch (await schema.CheckAsync(request.Input, cancellationToken).ConfigureAwait(false))
            {
                case null:
                    return new StartOutcome.Overloaded();
                case { Count: > 0 } mistakes:
                    return new StartOutcome.InvalidInput(mistakes);
            }
        }

        var run = new NewRun
        {
            Id = ids.NewRunId(),
            Workspace = request.Workspace,
            DefinitionKey = definition.Key,
            Input = request.Input,
            DefaultMaxParallel = options.Value.MaxParallel,
            Priority = request.Priority,
            Tags = request.Tags,
            Idempotency = request.Idempotency,
        };
        return new StartOutcome.Answered(await starter.StartAsync(run, cancellationToken).ConfigureAwait(false), definition.Name);
    }

    public async Task<IReadOnlyList<InputMistake>> FindMistakesAsync(RunRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var definition = await definitions.FindAsync(request.Owner, request.Name, request.Version, cancellationToken).ConfigureAwait(false);
        return definition?.InputSchema is { } schema ? await schema.CheckAsync(request.Input, cancellationToken).ConfigureAwait(false) ?? [] : [];
    }

    public async Task<StartRunResult> ReplayAsync(RunRecord run, string fromStep, IdempotencyKey? idempotency, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var name = run.Definition;
        var definition = await definitions.FindAsync(name.Owner, name.Name, name.Version, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The run {run.Id} is one of {name}, which is not published.");
        var again = new NewRun
        {
            Id = ids.NewRunId(),
            Workspace = run.Workspace,
            DefinitionKey = definition.Key,
            Input = run.Input ?? throw new ArgumentException("The run must be whole.", nameof(run)),
            DefaultMaxParallel = options.Value.MaxParallel,
            Priority = run.Priority,
            Tags = run.Tags,
            Idempotency = idempotency,
            ReplayOf = run.Id,
            ReplayFrom = fromStep,
        };
        return await starter.StartAsync(again, cancellationToken).ConfigureAwait(false);
    }

    public async Task<RunChangeResult> ChangeAsync(Guid runId, RunEvent change, CancellationToken cancellationToken)
    {
        var result = await runs.ChangeAsync(runId, change, cancellationToken).ConfigureAwait(false);
        if (result is RunChangeResult.Changed)
        {
            // Work that is no longer wanted is cancelled by whoever looks at the run next, and a delayed retry falls due.
            hub.SignalDue();
        }

        return result;
    }
}
