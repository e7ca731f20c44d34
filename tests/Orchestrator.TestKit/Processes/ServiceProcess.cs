using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Orchestrator.TestKit.Processes;

/// <summary>A gateway or a silo as a real process on a free loopback port, with its output collected.</summary>
public sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpClient? _client;

    private ServiceProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Talks to the process.</summary>
    public HttpClient Client => _client ?? throw new InvalidOperationException("The process is not listening yet.");

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts the gateway of this checkout and waits until it is ready.</summary>
    public static Task<ServiceProcess> StartGatewayAsync(IReadOnlyDictionary<string, string> settings) =>
        StartAsync("gateway", "Orchestrator.Gateway.dll", settings);

    /// <summary>Starts a silo of this checkout and waits until it is ready.</summary>
    public static Task<ServiceProcess> StartSiloAsync(IReadOnlyDictionary<string, string> settings) =>
        StartAsync("silo", "Orchestrator.Silo.dll", settings);

    /// <summary>Starts another program that listens and answers as the gateway and the silo do, in the gateway's folder, and waits until it is ready.</summary>
    public static Task<ServiceProcess> StartHostAsync(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings) =>
        ReadyAsync(Launch("gateway", assembly, arguments, settings));

    /// <summary>Starts the gateway of this checkout and waits for nothing.</summary>
    public static ServiceProcess LaunchGateway(IReadOnlyDictionary<string, string> settings) => Launch("gateway", "Orchestrator.Gateway.dll", settings);

    /// <summary>Runs the gateway of this checkout with settings that it refuses, to its end.</summary>
    public static async Task<ProcessResult> RunRefusedGatewayAsync(IReadOnlyDictionary<string, string> settings)
    {
        await using var service = Launch("gateway", "Orchestrator.Gateway.dll", settings);
        return new ProcessResult(await service.WaitForExitAsync(StartTimeout), service.Output);
    }

    /// <summary>Sends SIGKILL and waits until the process is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>SIGSTOP: the process stands still.</summary>
    public void Suspend() => Signal("STOP");

    /// <summary>SIGCONT: the process goes on.</summary>
    public void Continue() => Signal("CONT");

    /// <summary>SIGTERM: the process is asked to stop.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Waits until the process has said <paramref name="text"/>.</summary>
    public async Task WaitForOutputAsync(string text, TimeSpan timeout)
    {
        var started = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited || started.Elapsed > timeout)
            {
                throw new InvalidOperationException($"The process did not say \"{text}\". It said:\n{Output}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Waits for the end of the process; answers its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan timeout)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The process did not end within {timeout}. It said:\n{Output}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        ProcessKeeper.Drop(_process.Id);
        _client?.Dispose();
        _process.Dispose();
    }

    private static Task<ServiceProcess> StartAsync(string project, string assembly, IReadOnlyDictionary<string, string> settings) =>
        ReadyAsync(Launch(project, assembly, settings));

    private static async Task<ServiceProcess> ReadyAsync(ServiceProcess service)
    {
        try
        {
            await service.WaitUntilReadyAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    private static ServiceProcess Launch(string project, string assembly, IReadOnlyDictionary<string, string> settings) =>
        Launch(project, RepositoryFolder.Combine(project, "bin", RepositoryFolder.Configuration, "net10.0", assembly), [], settings);

    private static ServiceProcess Launch(string project, string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            WorkingDirectory = RepositoryFolder.Combine(project),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new ServiceProcess(ProcessKeeper.Start(start));
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
            _address.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        var started = Stopwatch.StartNew();
        var exited = _process.WaitForExitAsync();
        if (await Task.WhenAny(_address.Task, exited, Task.Delay(StartTimeout)) != _address.Task)
        {
            throw new InvalidOperationException($"The process did not listen ({(exited.IsCompleted ? $"exit code {_process.ExitCode}" : "time is up")}). It said:\n{Output}");
        }

        _client = new HttpClient { BaseAddress = await _address.Task, Timeout = TimeSpan.FromSeconds(90) };
        while (true)
        {
            using var answer = await _client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            if (started.Elapsed > StartTimeout)
            {
                throw new InvalidOperationException($"The process did not become ready: {await answer.Content.ReadAsStringAsync()}\n{Output}");
            }

            await Task.Delay(5);
        }
    }

    private void Signal(string name) => ProcessRunner.Run("/bin/sh", ["-c", $"kill -{name} {Id}"]);

    [GeneratedRegex(@"Now listening on: (?<address>http://[^\s""]+)")]
    private static partial Regex Listening();
}
