using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.LoadTests;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Servers;
using Orchestrator.Client;

namespace Orchestrator.Cli.Benchmarks;

internal sealed class BenchCommand : CliCommand
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    private readonly Option<int> _tasks = Input.Count("--tasks", "How many tasks.", 2_000, 1_000_000);
    private readonly Option<int> _batch = Input.Count("--batch", "How many of them in a request.", 1_000, 10_000);
    private readonly Option<int?> _latency = Input.Number("--latency-ms", "How long each of them takes; 0 by default.", 0, 60_000);
    private readonly Option<TimeSpan?> _timeout = Input.Duration("--timeout", "How long all may take; 2m by default.");

    public BenchCommand()
        : base(
            "bench",
            "Submits many simulated tasks, and prints how fast they are done as JSON.",
            "orc bench",
            "orc bench --tasks 20000 --url http://127.0.0.1:8080")
    {
        Details = """
            Without --url it starts a private gateway with its silo on SQLite, and removes it afterwards. With it the tasks go to a workspace
            of their own, which is deleted in the end; the silos must serve generation.simulated. Times are in milliseconds, by the tasks'
            own timestamps.
            """;
        Takes(_tasks, _batch, _latency, _timeout);
        SetAction((arguments, interrupted) => Failures.GuardAsync(() => RunAsync(arguments, interrupted), interrupted));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken interrupted)
    {
        var given = arguments.GetValue(GlobalOptions.Url);
        await using var target = given is null ? await PrivateGateway.StartAsync(poolSize: null, timeoutMs: null, interrupted) : null;
        using var client = new OrchestratorClient(new OrchestratorClientOptions
        {
            BaseAddress = target?.Address ?? new Uri(given!),
            ApiKey = target is null ? GlobalOptions.KeyOf(arguments) : null,
        });
        await ActionReadiness.WaitAsync(client, LoadTestInputs.Simulated, interrupted);
        Notices.Progress($"{Texts.Counted(arguments.GetValue(_tasks), "task")} to {given ?? "a private gateway"}.");
        var bench = new Bench(client, arguments.GetValue(_tasks), arguments.GetValue(_batch), arguments.GetValue(_latency) ?? 0, TimeProvider.System);
        var report = await bench.RunAsync(given ?? "embedded", arguments.GetValue(_timeout) ?? DefaultTimeout, interrupted);
        Console.WriteLine(SafeJson.Write(report, CliJson.Default.BenchReport, indented: arguments.GetValue(GlobalOptions.Format) != OutputFormat.JsonLines));
        return report.Completed == report.Tasks ? CliExitCodes.Success : CliExitCodes.Failure;
    }
}
