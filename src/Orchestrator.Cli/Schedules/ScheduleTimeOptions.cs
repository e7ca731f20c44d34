using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Schedules;

/// <summary>When a schedule is due.</summary>
internal sealed class ScheduleTimeOptions
{
    private readonly Option<string?> _cron = Input.Text("--cron", "Five fields as in Unix, or @daily and the like.", "cron");
    private readonly Option<string?> _zone = Input.Text("--time-zone", "The time zone of --cron by its IANA name; UTC by default.", "zone");
    private readonly Option<TimeSpan?> _every = Input.Duration("--every", "An interval instead of --cron.");
    private readonly Option<string?> _missed = Input.Choice("--missed", "What becomes of times that passed while nobody could fire them; skip by default.", "skip", "once");

    public Symbol[] All => [_cron, _zone, _every, _missed];

    public RequestBody Fill(RequestBody body, ApiCall call) => body
        .Set("cron", call.Get(_cron))
        .Set("timeZone", call.Get(_zone))
        .Set("intervalMs", (long?)call.Get(_every)?.TotalMilliseconds)
        .Set("missedFires", call.Get(_missed));
}
