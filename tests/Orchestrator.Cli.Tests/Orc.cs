using System.Diagnostics;
using System.Text.Json;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cli.Tests;

/// <summary><c>orc</c> as a process, with a folder of its own for temporary files, in which it must leave nothing.</summary>
internal sealed class Orc : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static readonly string Program = RepositoryFolder.Combine("src", "Orchestrator.Cli", "bin", RepositoryFolder.Configuration, "net10.0", "orc.dll");

    private readonly Process _process;
    private readonly DirectoryInfo _temporary;
    private Orc(Process process, DirectoryInfo temporary)
    {
        _process = process;
        _temporary = temporary;
    }

    public sealed record Result(int ExitCode, string Output, string Errors)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

        /// <summary>Standard error by lines.</summary>
        public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        public double Number(string member) => Json.GetProperty(member).GetDouble();
    }

    public static async Task<Result> RunAsync(params string[] arguments) => await RunWithAsync([], arguments);

    public static async Task<Result> RunWithAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        await using var orc = Start(environment, arguments);
        return await orc.FinishAsync();
    }

    /// <summary>The same with something on its standard input.</summary>
    public static async Task<Result> RunWithInputAsync(string input, Dictionary<string, string> environment, params string[] arguments)
    {
        await using var orc = Start(environment, input, arguments);
        return await orc.FinishAsync();
    }

    public static Orc Start(Dictionary<string, string> environment, params string[] arguments) => Start(environment, "", arguments);

    private static Orc Start(Dictionary<string, string> environment, string input, string[] arguments)
    {
        var temporary = Directory.CreateTempSubdirectory("orc-tests-");
        var start = new ProcessStartInfo(
            "dotnet",
            [Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = temporary.FullName,
        };
        start.Environment["TMPDIR"] = temporary.FullName;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return new Orc(process, temporary);
    }

    /// <summary>The first line of its standard output, of a process that goes on.</summary>
    public async Task<string> ReadLineAsync() => (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience))!;

    /// <summary>The next line of its standard error.</summary>
    public async Task<string?> HearAsync() => await _process.StandardError.ReadLineAsync().WaitAsync(Patience);

    public void Signal(string name) => ProcessRunner.Run("/bin/sh", ["-c", $"kill -{name} {_process.Id}"]);

    public async Task<Result> FinishAsync()
    {
        var reading = _process.StandardOutput.ReadToEndAsync();
        var errors = await _process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        var output = await reading.WaitAsync(Patience);
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
