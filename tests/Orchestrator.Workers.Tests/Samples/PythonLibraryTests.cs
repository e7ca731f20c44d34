using System.Diagnostics;
using System.Globalization;
using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Workers.Tests.Pool;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Samples;

/// <summary>orchestrator_worker.py: what a handler may do, and how the worker ends.</summary>
public sealed class PythonLibraryTests
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "workers", "python");

    private static readonly string Script = $$"""
        import os, sys, time
        sys.path.insert(0, {{'"' + Library + '"'}})
        sys.dont_write_bytecode = True
        import orchestrator_worker as worker

        def do(task):
            kind = task.input["do"]
            task.chunk(str(os.getpid()))
            task.progress(0.25, "started")
            if kind == "print":
                print("a print of the user")
                os.write(1, b"a write to descriptor one\n")
                os.system("echo a child process")
                return {"pid": os.getpid(), "remaining": task.remaining, "attempt": task.attempt, "text": task.input["text"]}
            if kind == "raise":
                raise KeyError("lost")
            if kind == "refuse":
                raise worker.InvalidInput("$.text: must be longer.")
            if kind == "named":
                raise worker.WorkerError("provider_error", "down for good", retryable=False)
            if kind == "unwritable":
                return {"value": object()}
            if kind == "nan":
                return {"value": float("nan")}
            if kind == "patient":
                while True:
                    task.check_cancelled()
                    time.sleep(0.01)
            if kind == "forever":
                while True:
                    time.sleep(60)

        worker.run({"test.do": do})
        """;

    [Fact]
    public async Task Handler_Printing_DoesNotDisturbTheProtocol()
    {
        await using var pool = await StartAsync();
        var reporter = new RecordingReporter();
        var output = (await pool.DoAsync("""{"do":"print","text":"è 😀\n漢"}""", reporter)).ShouldSucceed();

        Assert.Equal("è 😀\n漢", output.GetProperty("text").GetString());
        Assert.InRange(output.GetProperty("remaining").GetDouble(), 0.001, 30);
        Assert.Equal([(0.25, "started")], reporter.Progress);
        await pool.StopAsync();
        Assert.All(
            ["a print of the user", "a write to descriptor one", "a child process"],
            text => Assert.Contains(pool.Log.Lines, line => line.Contains(text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("raise", ErrorCodes.WorkerError, true, "KeyError: 'lost'")]
    [InlineData("refuse", ErrorCodes.InvalidInput, false, "$.text: must be longer.")]
    [InlineData("named", ErrorCodes.ProviderError, false, "down for good")]
    [InlineData("unwritable", ErrorCodes.InvalidOutput, true, "The result cannot be written as JSON")]
    [InlineData("nan", ErrorCodes.InvalidOutput, true, "The result cannot be written as JSON")]
    public async Task Handler_Failing_IsTheTasksFailureNotTheWorkers(string kind, string code, bool retryable, string message)
    {
        await using var pool = await StartAsync();
        var first = new RecordingReporter();
        var error = (await pool.DoAsync($$"""{"do":"{{kind}}"}""", first)).ShouldFail(code);

        Assert.Equal(retryable, error.Retryable);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        var second = new RecordingReporter();
        await pool.DoAsync($$"""{"do":"{{kind}}"}""", second);
        Assert.Equal(first.Chunks, second.Chunks);
    }

    [Fact]
    public async Task Handler_Cancelled_KeepsTheProcess()
    {
        await using var pool = await StartAsync();
        using var cancel = new CancellationTokenSource();
        var reporter = new RecordingReporter();
        var attempt = pool.DoAsync("""{"do":"patient"}""", reporter, cancellation: cancel.Token);
        await reporter.First.WaitAsync(PoolHarness.Patience);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
        var after = (await pool.DoAsync("""{"do":"print","text":""}""")).ShouldSucceed().GetProperty("pid").GetInt32();
        Assert.Equal(reporter.Chunks.Single(), after.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Handler_AtWorkForLong_ShowsSignsOfLife()
    {
        await using var pool = await StartAsync(options =>
        {
            options.HeartbeatIntervalMs = 100;
            options.HeartbeatTimeoutMs = 4_000;
            options.RequestTimeoutMs = 6_000;
        });
        (await pool.DoAsync("""{"do":"forever"}""")).ShouldFail(ErrorCodes.Timeout);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StandardInput_Closed_EndsTheWorker(bool atWork)
    {
        // What the kernel does for a pool that is killed: its ends of the pipes close, and nothing else is said.
        using var folder = new TempFolder();
        using var process = StartByHand(folder);
        await ExpectAsync(process, "ready");
        if (atWork)
        {
            await SayAsync(process, $$"""{"type":"task","id":"{{Guid.CreateVersion7()}}","action":"test.do","input":{"do":"forever"},"attempt":1,"deadlineMs":60000}""");
            await ExpectAsync(process, "chunk");
        }

        process.StandardInput.Close();

        await process.WaitForExitAsync().WaitAsync(PoolHarness.Patience);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Interrupt_FromTheTerminal_IsThePoolsToHandle()
    {
        using var folder = new TempFolder();
        using var process = StartByHand(folder);
        await ExpectAsync(process, "ready");
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync().WaitAsync(PoolHarness.Patience);
        }

        await SayAsync(process, """{"type":"ping"}""");
        await ExpectAsync(process, "heartbeat");
        await SayAsync(process, """{"type":"shutdown"}""");
        await process.WaitForExitAsync().WaitAsync(PoolHarness.Patience);
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task<PoolHarness> StartAsync(Action<Workers.Pool.ProcessPoolOptions>? configure = null)
    {
        var pool = PoolHarness.Start(configure, script: Script);
        await pool.WhenAsync(action => action.UnavailableReason is null);
        return pool;
    }

    private static Process StartByHand(TempFolder folder) => Process.Start(new ProcessStartInfo("python3", [folder.Write("worker.py", Script)])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    })!;

    private static async Task SayAsync(Process process, string line)
    {
        await process.StandardInput.WriteAsync(line + "\n");
        await process.StandardInput.FlushAsync();
    }

    private static async Task ExpectAsync(Process process, string type) => Assert.Contains(
        $"\"type\":\"{type}\"",
        await process.StandardOutput.ReadLineAsync().WaitAsync(PoolHarness.Patience),
        StringComparison.Ordinal);
}
