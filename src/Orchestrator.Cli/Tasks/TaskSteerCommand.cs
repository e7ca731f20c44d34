using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskSteerCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("task");
    private readonly Argument<string> _text = Input.Name("message", "What to say; - for standard input.");
    private readonly Option<string?> _role = Input.Choice("--role", "Who says it; user by default.", "user", "system");
    private readonly Option<string?> _key = Input.Text("--idempotency-key", "The same key again says it once.", "key");

    public TaskSteerCommand()
        : base(
            "steer",
            "Says something to a task that has not ended; its worker reads it between its steps.",
            "orc task steer 01a1fd44-365c-7a7b-9463-8b11bcec2525 \"Shorter, please.\"") => Takes(_id, _text, _role, _key);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var text = call.Get(_text) is "-" ? await JsonSource.TextAsync("-", call.Interrupted) : call.Get(_text);
        var message = new MessageRequest { Role = call.Get(_role) ?? "user", Content = text };
        return await call.ShowAsync(call.Client.Tasks.SendMessagesAsync(call.Get(_id), [message], call.Get(_key), call.Interrupted));
    }
}
