using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Storage;

namespace Orchestrator.Hosting.Programs;

/// <summary>Runs a host to its end and answers the process's exit code. What a person can put right is told in a few words on standard error.</summary>
public static class OrchestratorProgram
{
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        var stopping = CancellationToken.None;
        try
        {
            var app = build();
            await using (app.ConfigureAwait(false))
            {
                stopping = app.Lifetime.ApplicationStopping;

                // Opened here, a folder that is in use is told before the host says anything.
                app.Services.GetRequiredService<IStore>();
                await app.RunAsync().ConfigureAwait(false);
                return ExitCodes.Success;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop before it had started, while it waited for the store say.
            return ExitCodes.Success;
        }
        catch (Exception exception) when (StartFailure.Find(exception) is { } failure)
        {
            await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return failure.ExitCode;
        }
    }
}
