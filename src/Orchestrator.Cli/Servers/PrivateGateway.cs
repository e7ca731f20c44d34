using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Hosting.Configuration;

namespace Orchestrator.Cli.Servers;

/// <summary>A gateway as on a single machine, in this process: its silo, its pool, SQLite in a temporary folder, a free port. Nothing is left of it.</summary>
internal sealed class PrivateGateway : IAsyncDisposable
{
    /// <summary>What the environment may say about it: who works, not where things are.</summary>
    private static readonly string[] Passed = ["ORCHESTRATOR_", "PROVIDERS__", "ACTIONS__", "OPENAI_", "XAI_"];

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private PrivateGateway(WebApplication app, DirectoryInfo folder)
    {
        _app = app;
        _folder = folder;
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <param name="poolSize">How many worker processes its pool has; null for what the pool's configuration says.</param>
    /// <param name="timeoutMs">How long a request to the pool may take; null for the same.</param>
    public static async Task<PrivateGateway> StartAsync(int? poolSize, int? timeoutMs, CancellationToken interrupted)
    {
        var folder = Directory.CreateTempSubdirectory("orc-private-");
        PrivateGateway? gateway = null;
        try
        {
            gateway = new PrivateGateway(Build(Own(poolSize, timeoutMs, folder.FullName)), folder);
            await gateway._app.StartAsync(interrupted);
            return gateway;
        }
        catch (Exception exception)
        {
            if (gateway is not null)
            {
                await gateway.DisposeAsync();
            }
            else
            {
                folder.Delete(recursive: true);
            }

            if (exception is ConfigurationException)
            {
                throw new CliException(Hosting.Programs.ExitCodes.Configuration, exception.Message, exception);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static WebApplication Build(Dictionary<string, string?> own)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GatewayOptions).Assembly.GetName().Name,
            EnvironmentName = Environments.Production,
        });

        // The settings of this machine's own gateway would make it that gateway: its database, its address.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(FromEnvironment()).AddInMemoryCollection(own);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error)
            .AddSimpleConsole(console => console.SingleLine = true).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.AddGateway().AddSampleWorkers();
        return builder.Build().UseGateway();
    }

    private static Dictionary<string, string?> Own(int? poolSize, int? timeoutMs, string folder)
    {
        var own = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ORCHESTRATOR_DATA"] = folder,
            ["Silo:DrainTimeout"] = "00:00:01",
        };
        if (poolSize is { } size)
        {
            own["ORCHESTRATOR_POOL_SIZE"] = size.ToString(CultureInfo.InvariantCulture);
        }

        if (timeoutMs is { } timeout)
        {
            own["ORCHESTRATOR_REQUEST_TIMEOUT_MS"] = timeout.ToString(CultureInfo.InvariantCulture);
        }

        return own;
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment() =>
        from DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        where Passed.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        select KeyValuePair.Create(name.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value);

    /// <summary>Ctrl-C is for the command, which ends the gateway when it has ended itself.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
