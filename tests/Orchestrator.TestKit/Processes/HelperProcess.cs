using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Orchestrator.TestKit.Processes;

/// <summary>A program beside the tests that is talked to by lines; it ends with its owner, however that one ends.</summary>
public sealed class HelperProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _errors = new();

    private HelperProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => OnError(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public static HelperProcess Start(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new HelperProcess(ProcessKeeper.Start(start));
    }

    /// <summary>Writes a line to its standard input.</summary>
    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The next line of its standard output.</summary>
    public async Task<string> HearAsync(TimeSpan patience)
    {
        try
        {
            return await _lines.Reader.ReadAsync().AsTask().WaitAsync(patience);
        }
        catch (Exception exception) when (exception is ChannelClosedException or TimeoutException)
        {
            throw new InvalidOperationException($"The process said no more. Its errors:\n{Errors()}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        ProcessKeeper.Drop(_process.Id);
        _process.Dispose();
    }

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.ToString();
        }
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            _lines.Writer.TryComplete();
        }
        else
        {
            _lines.Writer.TryWrite(line);
        }
    }

    private void OnError(string? line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }
    }
}
