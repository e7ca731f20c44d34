using System.CommandLine;
using Orchestrator.Cli.Output;
using Orchestrator.Client;

namespace Orchestrator.Cli.Calls;

/// <summary>One use of a command: its arguments, the gateway, and where what comes of it goes.</summary>
internal sealed class ApiCall : IDisposable
{
    /// <summary>A person waits: what fails is told soon.</summary>
    private static readonly RequestRetryOptions Retry = new() { MaxAttempts = 3, MaxRetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>For how long waiting outlives a gateway that is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ParseResult _arguments;

    public ApiCall(ParseResult arguments, CancellationToken interrupted)
    {
        _arguments = arguments;
        Interrupted = interrupted;
        Printer = Printer.For(arguments);
        Client = new OrchestratorClient(ClientOptions(arguments));
    }

    public OrchestratorClient Client { get; }

    public Printer Printer { get; }

    public CancellationToken Interrupted { get; }

    public string Workspace => GlobalOptions.WorkspaceOf(_arguments);

    /// <summary>The one that was named on the command line; null when none was.</summary>
    public string? NamedWorkspace => _arguments.GetValue(GlobalOptions.Workspace);

    public static OrchestratorClientOptions ClientOptions(ParseResult arguments) => new()
    {
        BaseAddress = GlobalOptions.UrlOf(arguments),
        ApiKey = GlobalOptions.KeyOf(arguments),
        Retry = Retry,
        Patience = Patience,
        OnRetry = retry => Notices.Progress($"{retry.Cause.Message} Trying again."),
    };

    public T? Get<T>(Option<T> option) => _arguments.GetValue(option);

    public T Get<T>(Argument<T> argument) => _arguments.GetValue(argument)!;

    public bool Has(Symbol symbol) => _arguments.GetResult(symbol) is { Tokens.Count: > 0 };

    /// <summary>Prints one value, and has succeeded.</summary>
    public int Show<T>(T value)
    {
        Printer.One(value);
        return CliExitCodes.Success;
    }

    public async Task<int> ShowAsync<T>(Task<T> value) => Show(await value);

    public void Dispose() => Client.Dispose();
}
