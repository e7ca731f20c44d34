using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Client;
using Spectre.Console;

namespace Orchestrator.Cli.Screens;

internal sealed class TopCommand : ApiCommand
{
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeyPause = TimeSpan.FromMilliseconds(50);

    private readonly Option<TimeSpan?> _every = Input.Duration("--every", "How often it is renewed; 1s by default.");
    private readonly Option<bool> _once = Input.Flag("--once", "Print it once, as where there is no terminal.");

    public TopCommand()
        : base("top", "Shows silos, workspaces and running tasks live; q or Ctrl-C leaves.", "orc top", "orc top -w acme --every 5s", "orc top --once -o json") => Takes(_every, _once);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var reader = new TopReader(call.Client, call.NamedWorkspace);
        var snapshot = await reader.ReadAsync(call.Interrupted);
        if (!call.Printer.IsTable)
        {
            call.Printer.One(snapshot, CliJson.Default.TopSnapshot);
            return CliExitCodes.Success;
        }

        if (call.Get(_once) || Console.IsOutputRedirected)
        {
            call.Printer.Screen.Write(TopScreen.Of(snapshot, "", isolates: !Console.IsOutputRedirected));
            return CliExitCodes.Success;
        }

        await ShowAsync(call, reader, snapshot);
        return CliExitCodes.Success;
    }

    private async Task ShowAsync(ApiCall call, TopReader reader, TopSnapshot snapshot)
    {
        await call.Printer.Screen.Live(TopScreen.Of(snapshot, "", isolates: true)).AutoClear(true).StartAsync(async screen =>
        {
            while (!await LeavesAsync(call))
            {
                var note = "";
                try
                {
                    snapshot = await reader.ReadAsync(call.Interrupted);
                }
                catch (OrchestratorException refusal)
                {
                    // It stays on the screen as it was last known, and says so.
                    note = refusal.Message;
                }
                catch (OperationCanceledException) when (call.Interrupted.IsCancellationRequested)
                {
                    return;
                }

                screen.UpdateTarget(TopScreen.Of(snapshot, note, isolates: true));
            }
        });
    }

    /// <summary>Waits for the next round; whether somebody leaves meanwhile.</summary>
    private async Task<bool> LeavesAsync(ApiCall call)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < (call.Get(_every) ?? DefaultPause))
        {
            if (call.Interrupted.IsCancellationRequested || (!Console.IsInputRedirected && Console.KeyAvailable && Console.ReadKey(intercept: true).KeyChar == 'q'))
            {
                return true;
            }

            await Task.Delay(KeyPause, time, CancellationToken.None);
        }

        return false;
    }
}
