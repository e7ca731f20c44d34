using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Client;

namespace Orchestrator.Cli.Doctors;

internal sealed class DoctorCommand : CliCommand
{
    public DoctorCommand()
        : base(
            "doctor",
            "Checks a gateway and what stands behind it, and says how to mend what is wrong.",
            "orc doctor",
            "orc doctor --url http://127.0.0.1:8080 -o json")
    {
        Details = "The exit code is 0 when nothing failed, warnings or not; 1 when something did; 69 when no gateway answers; 77 when the key is not enough.";
        SetAction((arguments, interrupted) => Failures.GuardAsync(() => RunAsync(arguments, interrupted), interrupted));
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken interrupted)
    {
        var printer = Printer.For(arguments);
        var options = ApiCall.ClientOptions(arguments);
        using var clock = new ClockWatch(TimeProvider.System);
        using var http = new HttpClient(clock, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new OrchestratorClient(http, options);
        var checks = new List<DoctorCheck>();
        var code = CliExitCodes.Success;
        try
        {
            await foreach (var check in new Doctor(client, clock, options.BaseAddress).ExamineAsync(interrupted))
            {
                Add(check);
            }
        }
        catch (OrchestratorException refusal)
        {
            code = Failures.CodeOf(refusal);
            Add(DoctorCheck.Fail(checks.Count == 0 ? "reachable" : "api", refusal.Message, Fix(code)));
        }

        var isHealthy = checks.All(check => check.Status != DoctorCheck.Bad);
        if (!printer.IsTable)
        {
            printer.One(new DoctorReport(isHealthy, checks), CliJson.Default.DoctorReport);
        }

        return isHealthy ? CliExitCodes.Success : code == CliExitCodes.Success ? CliExitCodes.Failure : code;

        void Add(DoctorCheck check)
        {
            checks.Add(check);
            if (printer.IsTable)
            {
                Tell(printer, check);
            }
        }
    }

    private static string Fix(int code) => code switch
    {
        CliExitCodes.Unavailable => "Start a gateway (orc server dev), or say where it is with --url or ORCHESTRATOR_URL.",
        CliExitCodes.Denied => "Give a key that may read everything with --key or ORCHESTRATOR_KEY.",
        _ => "Check that --url is the address of a gateway, without /api/v1.",
    };

    private static void Tell(Printer printer, DoctorCheck check)
    {
        printer.Screen.Write(new Spectre.Console.Text(check.Status.PadRight(6), new Spectre.Console.Style(check.Status switch
        {
            DoctorCheck.Good => Spectre.Console.Color.Green,
            DoctorCheck.Doubtful => Spectre.Console.Color.Yellow,
            _ => Spectre.Console.Color.Red,
        })));
        Console.WriteLine(VisibleText.Of($"{check.Name,-12}{check.Message}"));
        if (check.Fix is { } fix)
        {
            Console.WriteLine($"{"",18}{VisibleText.Of(fix)}");
        }
    }
}
