using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Storage;

namespace Orchestrator.Hosting.Programs;

/// <summary>A reason for not starting that a person can put right, in a few words.</summary>
internal sealed record StartFailure(string Message, int ExitCode)
{
    private const string ListenElsewhere = "Stop what listens there, or name another address with --urls.";

    /// <summary>Null for what only a stack trace explains.</summary>
    public static StartFailure? Find(Exception exception) => exception switch
    {
        ConfigurationException => new(exception.Message, ExitCodes.Configuration),

        // A settings file that is not JSON.
        InvalidDataException => new($"{exception.Message} {exception.InnerException?.Message}".TrimEnd(), ExitCodes.Configuration),
        StoreInUseException => new(exception.Message, ExitCodes.StoreInUse),
        StoreUnavailableException => new(exception.Message, ExitCodes.StoreUnavailable),
        IOException { InnerException: AddressInUseException } => new($"{exception.Message} {ListenElsewhere}", ExitCodes.Failure),
        SocketException => new($"This process cannot listen where it is told to: {exception.Message}. Name another address with --urls.", ExitCodes.Failure),
        _ => null,
    };
}
