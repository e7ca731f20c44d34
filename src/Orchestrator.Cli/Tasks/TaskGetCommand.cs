using System.CommandLine;
using System.Text.Json;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskGetCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("task");
    private readonly Option<bool> _result = Input.Flag("--result", "Only its result, as the JSON that it is.");
    private readonly Option<bool> _input = Input.Flag("--input", "Only what its worker is given, as the JSON that it is.");
    private readonly Option<bool> _position = Input.Flag("--position", "Also its place among the ready tasks of its workspace.");

    public TaskGetCommand()
        : base(
            "get",
            "Shows a task.",
            "orc task get 01a1fd44-365c-7a7b-9463-8b11bcec2525",
            "orc task get 01a1fd44-365c-7a7b-9463-8b11bcec2525 --input",
            "orc task get 01a1fd44-365c-7a7b-9463-8b11bcec2525 --result")
    {
        Takes(_id, _input, _result, _position);
        Validators.Add(result =>
        {
            if (result.GetValue(_input) && result.GetValue(_result))
            {
                result.AddError("--input and --result are each alone.");
            }
        });
    }

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var id = call.Get(_id);
        if (!call.Get(_input) && !call.Get(_result))
        {
            return await call.ShowAsync(call.Client.Tasks.GetAsync(id, withPosition: call.Get(_position), cancellationToken: call.Interrupted));
        }

        var json = call.Get(_input)
            ? await call.Client.Tasks.GetInputAsync(id, call.Interrupted)
            : await call.Client.Tasks.GetResultAsync(id, cancellationToken: call.Interrupted);
        using var document = JsonDocument.Parse(json.Utf8);
        Console.WriteLine(SafeJson.OneLine(document.RootElement));
        return CliExitCodes.Success;
    }
}
