using System.CommandLine;
using System.Data.Common;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Storage;

namespace Orchestrator.Cli.Database;

/// <summary>A command that opens the database.</summary>
internal abstract class DatabaseCommand : CliCommand
{
    private const string ConnectionVariable = "ConnectionStrings__Orchestrator";
    private const string DataVariable = "ORCHESTRATOR_DATA";
    private const string File = "orchestrator.db";

    private readonly Option<string?> _connection = Input.Text("--connection", $"A PostgreSQL connection string; {ConnectionVariable} by default.", "connection");
    private readonly Option<string?> _data = Input.Text("--data", $"The folder of an SQLite database; {DataVariable}, or {StoreOptions.DefaultDataDirectory}, where no connection string is given.", "folder");

    protected DatabaseCommand(string name, string summary, params string[] examples)
        : base(name, summary, examples)
    {
        Details = "An SQLite database can be opened by one process alone: stop the gateway first, or the exit code is 75.";
        Takes(_connection, _data);
        Validators.Add(result =>
        {
            if (result.GetResult(_connection) is not null && result.GetResult(_data) is not null)
            {
                result.AddError("--connection and --data cannot stand together.");
            }
        });
        SetAction((arguments, interrupted) => Failures.GuardAsync(() => OpenAsync(arguments, interrupted), interrupted));
    }

    /// <summary>Whether the command may make a database where there is none.</summary>
    protected virtual bool Creates => false;

    /// <summary>Answers the exit code.</summary>
    protected abstract Task<int> RunAsync(IStore store, Printer printer, CancellationToken interrupted);

    private async Task<int> OpenAsync(ParseResult arguments, CancellationToken interrupted)
    {
        var options = Locate(arguments);
        try
        {
            await using var store = StoreFactory.Open(options, TimeProvider.System);
            return await RunAsync(store, Printer.For(arguments), interrupted);
        }
        catch (DbException exception)
        {
            throw new CliException(CliExitCodes.Unavailable, $"The database cannot be used: {exception.Message}", exception);
        }
        catch (Exception exception) when (!options.IsPostgres && exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(CliExitCodes.NoInput, $"{options.DataDirectory} cannot be used: {exception.Message}", exception);
        }
    }

    private StoreOptions Locate(ParseResult arguments)
    {
        var folder = arguments.GetValue(_data);
        var connection = folder is null ? arguments.GetValue(_connection) ?? Variable(ConnectionVariable) : null;
        if (connection is not null)
        {
            return StoreFactory.FindMistake(connection) is { } mistake
                ? throw new CliException(CliExitCodes.Usage, $"The connection string {mistake}")
                : new StoreOptions { ConnectionString = connection };
        }

        folder ??= Variable(DataVariable) ?? StoreOptions.DefaultDataDirectory;
        return Creates || System.IO.File.Exists(Path.Combine(folder, File))
            ? new StoreOptions { DataDirectory = folder }
            : throw new CliException(CliExitCodes.NotFound, $"There is no database in {Path.GetFullPath(folder)}: name it with --connection or --data, or make it with orc db migrate.");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
