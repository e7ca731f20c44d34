using System.Diagnostics;
using System.Text.Json;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cli.Tests;

/// <summary><c>orc</c> as a process, with a folder of its own for temporary files, in which it must leave nothing.</summary>
internal sealed class Orc : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly DirectoryInfo _temporary;
    private readonly Task<string> _output;

    private Orc(Process process, DirectoryInfo temporary)
    {
        _process = process;
        _temporary = temporary;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    public sealed record Result(int ExitCode, string Output, string Errors)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

        public double Number(string member) => Json.GetProperty(member).GetDouble();
    }

    public static async Task<Result> RunAsync(params string[] arguments) => await RunWithAsync([], arguments);

    public static async Task<Result> RunWithAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        await using var orc = Start(environment, arguments);
        return await orc.FinishAsync();
    }

    public static Orc Start(Dictionary<string, string> environment, params string[] arguments)
    {
        var temporary = Directory.CreateTempSubdirectory("orc-tests-");
        var start = new ProcessStartInfo(
            "dotnet",
            [RepositoryFolder.Combine("src", "Orchestrator.Cli", "bin", RepositoryFolder.Configuration, "net10.0", "orc.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = temporary.FullName,
        };
        start.Environment["TMPDIR"] = temporary.FullName;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new Orc(Process.Start(start)!, temporary);
    }

    /// <summary>The next line of its standard error.</summary>
    public async Task<string?> HearAsync() => await _process.StandardError.ReadLineAsync().WaitAsync(Patience);

    public void Signal(string name) => ProcessRunner.Run("/bin/sh", ["-c", $"kill -{name} {_process.Id}"]);

    public async Task<Result> FinishAsync()
    {
        var errors = await _process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        var output = await _output.WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Empty(_temporary.EnumerateFileSystemInfos("orc-*").Select(left => left.Name));
        return new Result(_process.ExitCode, output, errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _temporary.Delete(recursive: true);
    }
}
