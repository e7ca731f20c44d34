using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Servers;
using Orchestrator.Client;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.LoadTests;

/// <summary><c>orc loadtest</c>: so many requests, so many at a time, and how long they took.</summary>
internal sealed class LoadTestCommand : CliCommand
{
    private const string Longer = """
        Without --url it starts a private gateway with its silo on SQLite, and removes it afterwards. Times are in
        milliseconds; latencies are measured here, from the submission to the known end, and the times in the queue are the
        tasks' own. The exit code is 1 when the median exceeds the threshold or a request failed for good.
        """;

    private readonly Option<int> _requests = Input.Count("--requests", "How many requests in all.", 12, 1_000_000);
    private readonly Option<int> _concurrency = Input.Count("--concurrency", "How many at the same time.", 4, 10_000);
    private readonly Option<int?> _threshold = Input.Limit("--threshold-ms", "The longest median that is good enough; without it none is too long.");
    private readonly Option<int?> _poolSize = Input.Limit("--pool-size", $"How many worker processes the private gateway's pool has for each of its commands; the action is then {LoadTestInputs.Keywords} by default.", 1_000);
    private readonly Option<int?> _timeout = Input.Limit("--timeout-ms", $"How long one request may take to its end, and each attempt of its task; {LoadTestSettings.DefaultTimeoutMs} by default. One that takes longer has failed.", 86_400_000, "--request-timeout-ms");
    private readonly Option<string?> _action = new("--action") { Description = $"What kind of task; {LoadTestInputs.Summary} by default." };
    private readonly Option<string?> _input = new("--input") { Description = "The input of every task, as JSON; for the actions that are built in there is one." };

    public LoadTestCommand()
        : base(
            "loadtest",
            "Submits tasks, waits for their ends, and prints how long it took as JSON.",
            "orc loadtest --requests 12 --concurrency 4 --threshold-ms 3000",
            "orc loadtest --pool-size 4 --requests 100 --concurrency 8",
            "orc loadtest --url http://127.0.0.1:8080 --action generation.simulated --input '{\"latencyMs\": 200, \"errorRate\": 0.1}'")
    {
        Details = Longer;
        Takes(_requests, _concurrency, _threshold, _poolSize, _timeout, _action, _input);
        Input.Check(_input, "must be JSON.", text => JsonSource.MistakeIn(text) is null);
        Input.Check(_action, "must name an action.", text => text.Length > 0);
        CheckBeside(_poolSize, beside => !IsGiven(beside, GlobalOptions.Url), "is for the private gateway; it cannot stand beside --url.");
        CheckBeside(
            _action,
            beside => beside.GetResult(_input) is not null || beside.GetResult(_action) is not { Tokens: [{ Value: { Length: > 0 } action }] } || LoadTestInputs.For(action) is not null,
            $"needs --input: only {string.Join(", ", LoadTestInputs.Actions)} have one of their own.");
        Validators.Add(result =>
        {
            if (IsGiven(result, GlobalOptions.Workspace) && !IsGiven(result, GlobalOptions.Url))
            {
                result.AddError("--workspace is for a gateway that is there; it needs --url.");
            }
        });
        SetAction((arguments, interrupted) => Failures.GuardAsync(() => RunAsync(Read(arguments), GlobalOptions.KeyOf(arguments), interrupted), interrupted));
    }

    private static async Task<int> RunAsync(LoadTestSettings settings, string? key, CancellationToken interrupted)
    {
        await using var target = settings.Url is null ? await PrivateGateway.StartAsync(settings.PoolSize, settings.TimeoutMs, interrupted) : null;
        var requestRetries = 0;
        using var client = new OrchestratorClient(new OrchestratorClientOptions
        {
            BaseAddress = settings.Url ?? target!.Address,
            ApiKey = settings.Url is null ? null : key,
            OnRetry = _ => Interlocked.Increment(ref requestRetries),
        });
        await ActionReadiness.WaitAsync(client, settings.Action, interrupted);
        await Console.Error.WriteLineAsync(
            $"{settings.Requests} requests of {settings.Action}, {settings.Concurrency} at a time, to {(target is null ? settings.Url!.ToString() : "a private gateway")}.");

        var result = await new LoadTest(client, settings, TimeProvider.System).RunAsync(interrupted);
        var report = LoadTestReport.Of(settings, result) with { RequestRetries = requestRetries };
        Console.WriteLine(JsonSerializer.Serialize(report, LoadTestJson.Default.LoadTestReport));
        foreach (var reason in report.WhyNotGood(result))
        {
            await Console.Error.WriteLineAsync(reason);
        }

        return report.IsGood ? CliExitCodes.Success : CliExitCodes.Failure;
    }

    private LoadTestSettings Read(ParseResult arguments)
    {
        var url = arguments.GetValue(GlobalOptions.Url);
        var poolSize = arguments.GetValue(_poolSize);
        var action = arguments.GetValue(_action) ?? (poolSize is null ? LoadTestInputs.Summary : LoadTestInputs.Keywords);
        return new LoadTestSettings
        {
            Requests = arguments.GetValue(_requests),
            Concurrency = arguments.GetValue(_concurrency),
            ThresholdMs = arguments.GetValue(_threshold),
            PoolSize = poolSize,
            TimeoutMs = arguments.GetValue(_timeout),
            Action = action,
            Input = RawJson.From(arguments.GetValue(_input)) ?? LoadTestInputs.For(action)!.Value,
            Workspace = url is null ? GlobalOptions.DefaultWorkspace : GlobalOptions.WorkspaceOf(arguments),
            Url = url is null ? null : new Uri(url),
        };
    }

    private static void CheckBeside(Option option, Predicate<SymbolResult> isGood, string expectation) => option.Validators.Add(result =>
    {
        if (!isGood(result.Parent!))
        {
            result.AddError($"{option.Name} {expectation}");
        }
    });

    private static bool IsGiven(SymbolResult beside, Option option) => beside.GetResult(option) is not null;
}
