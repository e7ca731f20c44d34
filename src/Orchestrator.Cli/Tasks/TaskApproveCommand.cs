using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskApproveCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("task");
    private readonly Option<string?> _decision = Input.Choice("--decision", "What is decided; without it, what is asked is shown and nothing is decided.", Undecided.Decisions);
    private readonly Option<string?> _edits = Input.Json("--edits", "What the worker is to take instead of what it proposed.");
    private readonly Option<string?> _comment = Input.Text("--comment", "Why.");
    private readonly Option<int?> _number = Input.Number("--number", "Which request of the task this answers, as orc task why tells it; the open one by default.", 1, int.MaxValue);

    public TaskApproveCommand()
        : base(
            "approve",
            "Decides what a task asks that waits for a person.",
            "orc task approve 01a1fd44-365c-7a7b-9463-8b11bcec2525",
            "orc task approve 01a1fd44-365c-7a7b-9463-8b11bcec2525 --decision approve --number 1",
            "orc task approve 01a1fd44-365c-7a7b-9463-8b11bcec2525 --decision reject --comment \"Not yet.\"",
            "orc task approve 01a1fd44-365c-7a7b-9463-8b11bcec2525 --decision approve --edits '{\"to\": \"board@example.org\"}'") => Takes(_id, _decision, _edits, _comment, _number);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        if (call.Get(_decision) is not { } decided)
        {
            throw await AskAsync(call, call.Get(_id));
        }

        var decision = new ApproveTaskRequest
        {
            Decision = decided,
            Edits = await JsonSource.ReadAsync(call.Get(_edits), "--edits", call.Interrupted),
            Comment = call.Get(_comment),
            Number = call.Get(_number),
        };
        return await call.ShowAsync(call.Client.Tasks.ApproveAsync(call.Get(_id), decision, call.Interrupted));
    }

    private static async Task<CliException> AskAsync(ApiCall call, Guid id)
    {
        var why = await call.Client.Tasks.ExplainAsync(id, call.Interrupted);
        return why.Reasons.FirstOrDefault(reason => reason.Code == "waiting_for_approval") is { } asked
            ? Undecided.Of($"Task {id}, request {Texts.Of(asked.Number)},", asked.Question, Output.Details.Text(asked.Details))
            : new CliException(CliExitCodes.Conflict, $"Task {id} asks nothing: {why.Message}");
    }
}
