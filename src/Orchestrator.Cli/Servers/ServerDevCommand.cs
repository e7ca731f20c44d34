using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Hosting.Programs;

namespace Orchestrator.Cli.Servers;

internal sealed class ServerDevCommand : CliCommand
{
    private readonly Option<string?> _listen = Input.Text("--listen", $"Where it listens; {GatewayOptions.DefaultUrl} by default.", "url");
    private readonly Option<string?> _data = Input.Text("--data", "The folder of its data; ORCHESTRATOR_DATA, or data, by default.", "folder");

    public ServerDevCommand()
        : base(
            "dev",
            "Runs a gateway with its silo on SQLite in the foreground, and prints its address.",
            "orc server dev",
            "orc server dev --listen http://127.0.0.1:9000 --data /tmp/orchestrator")
    {
        Details = "It is the gateway with all its settings, but never on PostgreSQL. Its log goes to standard error. Ctrl-C stops it: it drains, and the exit code is 0.";
        Takes(_listen, _data);
        SetAction((arguments, interrupted) => Failures.GuardAsync(
            () => OrchestratorProgram.RunAsync(() => Build(arguments.GetValue(_listen), arguments.GetValue(_data), interrupted)), CancellationToken.None));
    }

    private static WebApplication Build(string? listen, string? data, CancellationToken interrupted)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(GatewayOptions).Assembly.GetName().Name });
        builder.AddReadableConsole();
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = Microsoft.Extensions.Logging.LogLevel.Trace);
        builder.Configuration.AddInMemoryCollection(Own(listen, data));
        builder.AddGateway().AddSampleWorkers().AddGenerationWorkers();
        var app = builder.Build().UseGateway();
        interrupted.Register(app.Lifetime.StopApplication);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(string.Join(' ', app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)));
        return app;
    }

    private static Dictionary<string, string?> Own(string? listen, string? data)
    {
        var own = new Dictionary<string, string?>(StringComparer.Ordinal) { [ConfigurationCatalog.ConnectionStringSetting] = "" };
        if (listen is not null)
        {
            own["urls"] = listen;
        }

        if (data is not null)
        {
            own[ConfigurationCatalog.DataDirectorySetting] = Path.GetFullPath(data);
        }

        return own;
    }
}
