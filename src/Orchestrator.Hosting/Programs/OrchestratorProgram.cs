using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Storage;

namespace Orchestrator.Hosting.Programs;

/// <summary>Runs a host to its end and answers the process's exit code. What a person can put right is told in a few words on standard error.</summary>
public static class OrchestratorProgram
{
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            var app = build();
            await using (app.ConfigureAwait(false))
            {
                // Opened here, a folder that is in use is told before the host says anything.
                app.Services.GetRequiredService<IStore>();
                await app.RunAsync().ConfigureAwait(false);
                return ExitCodes.Success;
            }
        }
        catch (ConfigurationException exception)
        {
            return Tell(exception.Message, ExitCodes.Configuration);
        }
        catch (InvalidDataException exception)
        {
            // A settings file that is not JSON.
            return Tell($"{exception.Message} {exception.InnerException?.Message}", ExitCodes.Configuration);
        }
        catch (StoreInUseException exception)
        {
            return Tell(exception.Message, ExitCodes.StoreInUse);
        }
        catch (StoreUnavailableException exception)
        {
            return Tell(exception.Message, ExitCodes.StoreUnavailable);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Tell(exception.Message, ExitCodes.Failure);
        }
    }

    private static int Tell(string message, int exitCode)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
