using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Runs;

namespace Orchestrator.Cli.Runs;

internal sealed class RunApproveCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("run");
    private readonly Argument<string> _step = Input.Name("step", "The step that waits for a person.");
    private readonly Option<string?> _decision = Input.Choice("--decision", "What is decided; without it, what is asked is shown and nothing is decided.", Undecided.Decisions);
    private readonly Option<string?> _edits = Input.Json("--edits", "Changes to the step's output, or with retry to its input.");
    private readonly Option<string?> _comment = Input.Text("--comment", "Why, for the history.");
    private readonly Option<int?> _round = Input.Limit("--round", "Which round of the step this answers; the one in which it asks by default.");

    public RunApproveCommand()
        : base(
            "approve",
            "Decides about a step that waits for a person.",
            "orc run approve 01a1fd44-365c-7a7b-9463-8b11bcec2525 letter",
            "orc run approve 01a1fd44-365c-7a7b-9463-8b11bcec2525 letter --decision approve",
            "orc run approve 01a1fd44-365c-7a7b-9463-8b11bcec2525 letter --decision retry --comment \"Shorter.\"") => Takes(_id, _step, _decision, _edits, _comment, _round);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        if (call.Get(_decision) is not { } decided)
        {
            throw await AskAsync(call, call.Get(_id), call.Get(_step));
        }

        var decision = new ApproveStepRequest
        {
            Decision = decided,
            Edits = await JsonSource.ReadAsync(call.Get(_edits), "--edits", call.Interrupted),
            Comment = call.Get(_comment),
            Round = call.Get(_round),
        };
        return await call.ShowRunAsync(call.Client.Runs.ApproveStepAsync(call.Get(_id), call.Get(_step), decision, call.Interrupted));
    }

    private static async Task<CliException> AskAsync(ApiCall call, Guid id, string stepId)
    {
        var step = await call.Client.Runs.GetStepAsync(id, stepId, cancellationToken: call.Interrupted);
        return step.Status == "waiting"
            ? Undecided.Of($"Step {stepId} of run {id}, round {Texts.Of(step.Round)},", step.Question, Output.Details.Text(step.Output))
            : new CliException(CliExitCodes.Conflict, $"Step {stepId} of run {id} asks nothing: it is {step.Status}.");
    }
}
