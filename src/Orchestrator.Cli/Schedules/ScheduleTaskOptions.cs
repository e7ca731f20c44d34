using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Tasks;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Schedules;

/// <summary>What a schedule submits.</summary>
internal sealed class ScheduleTaskOptions
{
    private readonly Option<string?> _action = Input.Text("--action", "What kind of work it is.", "action");
    private readonly TaskFieldOptions _fields = new();

    public Symbol[] All => [_action, .. _fields.All];

    /// <summary>Null when nothing is said of it.</summary>
    public async Task<RawJson?> ReadAsync(ApiCall call)
    {
        var task = await _fields.FillAsync(new RequestBody(null).Set("action", call.Get(_action)), call);
        return task.IsEmpty ? null : task.ToJson();
    }
}
