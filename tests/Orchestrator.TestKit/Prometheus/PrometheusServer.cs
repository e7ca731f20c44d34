using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.TestKit.Prometheus;

/// <summary>
/// A real Prometheus on a free loopback port, with its data in a temporary folder. It scrapes the processes it is given every second. A rate needs a counter to rise between two scrapes, so what is measured must go on while it is scraped.
/// </summary>
public sealed partial class PrometheusServer : IAsyncDisposable
{
    public static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };

    private PrometheusServer(DirectoryInfo folder, Process process)
    {
        _folder = folder;
        _process = process;
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Starts it and waits until it has scraped every target once.</summary>
    /// <param name="targets">The name of a job, and where a process of it answers <c>/metrics</c>; a job may have several.</param>
    public static Task<PrometheusServer> StartAsync(params (string Job, Uri Address)[] targets) => StartAsync([], targets);

    /// <summary>The same, with rules that it evaluates as often as it scrapes.</summary>
    public static async Task<PrometheusServer> StartAsync(IReadOnlyList<string> ruleFiles, params (string Job, Uri Address)[] targets)
    {
        var program = ExecutableFinder.Find("prometheus") ?? throw new InvalidOperationException("prometheus is not installed; run ./test, which installs it.");
        var folder = Directory.CreateTempSubdirectory("orc-prometheus-");
        var config = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, Config(ruleFiles, targets));
        var start = new ProcessStartInfo(
            program,
            [$"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}", "--web.listen-address=127.0.0.1:0", "--log.level=info"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = new PrometheusServer(folder, ProcessKeeper.Start(start));
        try
        {
            await server.WaitUntilListeningAsync();
            await server.WaitForAsync("up == 1", StartTimeout, samples => samples.Count == targets.Length);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a query answers now: one sample a series, or one without labels when it answers a number.</summary>
    public async Task<IReadOnlyList<PrometheusSample>> QueryAsync(string query)
    {
        using var answer = await _client.PostAsync(new Uri("/api/v1/query", UriKind.Relative), new FormUrlEncodedContent([new("query", query)]));
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"Prometheus refuses {query}: {text}");
        }

        var data = JsonNode.Parse(text)!["data"]!;
        return data["resultType"]!.GetValue<string>() switch
        {
            "vector" => [.. data["result"]!.AsArray().Select(series => Read(series!["metric"]!.AsObject(), series["value"]!))],
            "scalar" => [Read([], data["result"]!)],
            var other => throw new InvalidOperationException($"{query} answers a {other}."),
        };
    }

    /// <summary>The type that a family was scraped with; null where there is none of that name.</summary>
    public async Task<string?> GetTypeAsync(string family)
    {
        var answer = JsonNode.Parse(await _client.GetStringAsync(new Uri($"/api/v1/metadata?metric={family}", UriKind.Relative)))!;
        return answer["data"]![family]?.AsArray().Single()!["type"]!.GetValue<string>();
    }

    /// <summary>The rules that it evaluates.</summary>
    public async Task<IReadOnlyList<PrometheusRule>> GetRulesAsync()
    {
        var answer = JsonNode.Parse(await _client.GetStringAsync(new Uri("/api/v1/rules", UriKind.Relative)))!;
        return [.. answer["data"]!["groups"]!.AsArray().SelectMany(static group => group!["rules"]!.AsArray()).Select(static rule => new PrometheusRule(
            rule!["name"]!.GetValue<string>(),
            IsAlert: rule["type"]!.GetValue<string>() == "alerting",
            rule["query"]!.GetValue<string>(),
            rule["lastError"]?.GetValue<string>()))];
    }

    /// <summary>Asks until a query answers something.</summary>
    public Task<IReadOnlyList<PrometheusSample>> WaitForAsync(string query, TimeSpan limit) => WaitForAsync(query, limit, samples => samples.Count > 0);

    /// <summary>Asks until a query answers what is wanted.</summary>
    public async Task<IReadOnlyList<PrometheusSample>> WaitForAsync(string query, TimeSpan limit, Predicate<IReadOnlyList<PrometheusSample>> isWanted)
    {
        IReadOnlyList<PrometheusSample> samples = [];
        await Eventually.TrueAsync(
            async () => isWanted(samples = await QueryAsync(query)),
            limit,
            () => $"{query} answers [{string.Join(", ", samples)}]. Prometheus said:\n{Output()}");
        return samples;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        ProcessKeeper.Drop(_process.Id);
        _process.Dispose();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Config(IReadOnlyList<string> ruleFiles, IEnumerable<(string Job, Uri Address)> targets) =>
        $"""
        global:
          scrape_interval: {ScrapeInterval.TotalSeconds}s
          scrape_timeout: {ScrapeInterval.TotalSeconds}s
          evaluation_interval: {ScrapeInterval.TotalSeconds}s
        rule_files: ["{string.Join("\", \"", ruleFiles)}"]
        scrape_configs:

        """ + string.Concat(targets.GroupBy(target => target.Job, target => target.Address.Authority).Select(job =>
            $"""
              - job_name: {job.Key}
                static_configs:
                  - targets: ["{string.Join("\", \"", job)}"]

            """));

    private static PrometheusSample Read(JsonObject metric, JsonNode value)
    {
        var labels = metric.ToDictionary(label => label.Key, label => label.Value!.GetValue<string>());
        labels.Remove("__name__", out var name);
        return new PrometheusSample(name ?? "", labels, PrometheusPage.ReadValue(value[1]!.GetValue<string>()));
    }

    private async Task WaitUntilListeningAsync()
    {
        var exited = _process.WaitForExitAsync();
        if (await Task.WhenAny(_address.Task, exited, Task.Delay(StartTimeout)) != _address.Task)
        {
            throw new InvalidOperationException($"Prometheus did not listen ({(exited.IsCompleted ? $"exit code {_process.ExitCode}" : "time is up")}). It said:\n{Output()}");
        }

        _client.BaseAddress = await _address.Task;
        await Eventually.TrueAsync(IsReadyAsync, StartTimeout, () => $"Prometheus did not become ready:\n{Output()}");
    }

    private async Task<bool> IsReadyAsync()
    {
        using var answer = await _client.GetAsync(new Uri("/-/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri($"http://{match.Groups["address"].Value}"));
        }
    }

    private string Output()
    {
        lock (_output)
        {
            return string.Join('\n', _output);
        }
    }

    [GeneratedRegex(@"msg=""Listening on"" address=(?<address>\S+)")]
    private static partial Regex Listening();
}
