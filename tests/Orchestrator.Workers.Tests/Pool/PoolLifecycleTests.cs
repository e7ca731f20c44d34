using System.Diagnostics;
using System.Globalization;
using Orchestrator.Core.Tasks;
using Orchestrator.Workers.Pool;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Pool;

/// <summary>How processes come and go.</summary>
public sealed class PoolLifecycleTests
{
    private static readonly PoolTimings Quick = new()
    {
        RestartDelay = TimeSpan.FromMilliseconds(10),
        MaxRestartDelay = TimeSpan.FromMilliseconds(50),
        ShutdownGrace = TimeSpan.FromMilliseconds(300),
    };

    [Fact]
    public async Task Start_NotReadyInTime_IsUnavailableWithTheReason()
    {
        await using var pool = PoolHarness.Start(options => options.WorkerStartTimeoutMs = 200, Quick, "import time\ntime.sleep(600)\n");
        var action = await pool.WhenAsync(action => action.UnavailableReason?.Contains("200 ms", StringComparison.Ordinal) == true);
        Assert.Equal("the worker process was not ready within 200 ms", action.UnavailableReason);
    }

    [Fact]
    public async Task Start_OfAScriptThatFails_IsUnavailableWithItsLastWords()
    {
        await using var pool = PoolHarness.Start(timings: Quick, script: "import does_not_exist\n");
        await pool.WhenAsync(action => action.UnavailableReason is { } reason
            && reason.Contains("exited with code 1", StringComparison.Ordinal)
            && reason.Contains("No module named 'does_not_exist'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_SayingSomethingElseFirst_IsUnavailable()
    {
        await using var pool = PoolHarness.Start(timings: Quick, script: "print('Welcome!', flush=True)\ninput()\n");
        await pool.WhenAsync(action => action.UnavailableReason?.Contains("not JSON", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Action_NotAnnounced_IsUnavailableWhileTheOthersServe()
    {
        await using var pool = PoolHarness.Start(options => options.Workers[0].Actions.Add("test.other"), Quick);
        await pool.WhenAsync(action => action.UnavailableReason is null);
        var other = await pool.WhenAsync(action => action.UnavailableReason != PoolHealth.Starting, "test.other");
        Assert.Contains("does not announce test.other", other.UnavailableReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_MissingAndThenAppearing_BecomesServable()
    {
        using var bin = new TempFolder();
        await using var pool = PoolHarness.Start(
            options =>
            {
                options.Workers[0].Command = "my-interpreter";
                options.Workers[0].Env["PATH"] = bin.Path;
            },
            Quick);
        await pool.WhenAsync(action => action.UnavailableReason == "my-interpreter was not found on PATH");

        var program = bin.Write("new", $"#!/bin/sh\nPATH='{Environment.GetEnvironmentVariable("PATH")}' exec python3 \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        File.Move(program, Path.Combine(bin.Path, "my-interpreter"));

        await pool.WhenAsync(action => action.UnavailableReason is null);
        (await pool.DoAsync("""{"do":"echo"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task Request_WhileNoProcessCanStart_FailsForRetry()
    {
        await using var pool = PoolHarness.Start(options => options.Workers[0].Command = "no-such-program", Quick);
        var error = (await pool.DoAsync("""{"do":"echo"}""")).ShouldFail(ErrorCodes.WorkerCrashed);
        Assert.True(error.Retryable);
        Assert.Contains("no-such-program was not found on PATH", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdlePool_StopsItsProcessesAndStartsThemOnDemand()
    {
        await using var pool = await PoolHarness.StartReadyAsync(options => options.AutoShutdownMs = 300, Quick);
        var before = await pool.PidAsync();
        using var process = Process.GetProcessById(before);

        await process.WaitForExitAsync().WaitAsync(PoolHarness.Patience);

        Assert.Null(pool.Actions[0].UnavailableReason);
        Assert.NotEqual(before, await pool.PidAsync());
    }

    [Fact]
    public async Task IdlePool_WithoutALimit_KeepsItsProcesses()
    {
        await using var pool = await PoolHarness.StartReadyAsync(timings: Quick);
        Assert.Equal(await pool.PidAsync(), await pool.PidAsync());
        Assert.DoesNotContain(pool.Log.Lines, line => line.Contains("nothing to do", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_EndsEveryProcessGracefully()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var pid = await pool.PidAsync();

        await pool.StopAsync();

        Assert.False(PoolHarness.IsAlive(pid));
        Assert.Contains(pool.Log.Lines, line => line.Contains($"Worker process {pid} (worker.py) exited with code 0", StringComparison.Ordinal));
        Assert.Equal(0, pool.Meters.Read("orchestrator_pool_workers_total"));
        (await pool.DoAsync("""{"do":"echo"}""")).ShouldFail(ErrorCodes.WorkerCrashed);
    }

    [Fact]
    public async Task Stop_WithAProcessThatDoesNotEnd_KillsItAndFailsItsRequest()
    {
        await using var pool = await PoolHarness.StartReadyAsync(timings: Quick);
        var reporter = new RecordingReporter();
        var attempt = pool.DoAsync("""{"do":"slow"}""", reporter);
        await reporter.First.WaitAsync(PoolHarness.Patience);

        await pool.StopAsync().WaitAsync(PoolHarness.Patience);

        (await attempt).ShouldFail(ErrorCodes.WorkerCrashed);
        Assert.False(PoolHarness.IsAlive(int.Parse(reporter.Chunks.Single(), CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Environment_OfTheProcess_HasWhatIsConfiguredAndNoConnectionStrings()
    {
        const string Secret = "ConnectionStrings__OrchestratorWorkersTest";
        Environment.SetEnvironmentVariable(Secret, "Password=canary");
        try
        {
            var script = $$"""
                import json, os, sys
                seen = [os.environ["MINE"], os.environ["ORCHESTRATOR_HEARTBEAT_INTERVAL_MS"], str("{{Secret}}" in os.environ)]
                print(json.dumps({"type": "ready", "actions": ["test.do", " ".join(seen)]}), flush=True)
                sys.stdin.read()
                """;
            await using var pool = PoolHarness.Start(
                options =>
                {
                    options.HeartbeatIntervalMs = 1_234;
                    options.Workers[0].Env["MINE"] = "{configDir}/x";
                },
                Quick,
                script);
            await pool.WhenAsync(action => action.UnavailableReason is null);
            Assert.Contains(pool.Log.Lines, line => line.EndsWith($"{pool.Folder.Path}/x 1234 False.", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Secret, null);
        }
    }
}
