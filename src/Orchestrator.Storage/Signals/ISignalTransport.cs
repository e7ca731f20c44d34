namespace Orchestrator.Storage.Signals;

/// <summary>Carries short hints between the processes of a cluster. A hint may be lost; nothing depends on its arrival.</summary>
public interface ISignalTransport
{
    /// <summary>Longest payload in bytes.</summary>
    const int MaxPayload = 7_900;

    /// <summary>Whether there can be other processes at all.</summary>
    bool ReachesOthers { get; }

    /// <summary>Sends a hint to every process that listens to the channel, this one included.</summary>
    Task SendAsync(SignalChannel channel, string payload, CancellationToken cancellationToken);

    /// <summary>Tells once nothing more is missed, and hands on what arrives until cancelled; ends with an exception when the connection breaks.</summary>
    Task ListenAsync(SignalChannel channel, Action listening, Action<string> received, CancellationToken cancellationToken);
}
