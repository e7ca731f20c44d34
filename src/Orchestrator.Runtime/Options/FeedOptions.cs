using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Runtime.Options;

/// <summary>The live feed of events, and how much of what happens it tells. Section <c>Feed</c>.</summary>
public sealed class FeedOptions
{
    public const string Section = "Feed";

    /// <summary>How many tasks and runs with news a process names to the feed a second, at most, and a gateway reads for it; failures and ends go first, and what is left out is counted. Default: 250.</summary>
    [Range(10, 100_000)]
    public int NewsPerSecond { get; set; } = 250;

    /// <summary>How many events a client is sent a second, at most; what is left out is counted. Default: 200.</summary>
    [Range(1, 100_000)]
    public int MessagesPerSecond { get; set; } = 200;

    /// <summary>How many clients a gateway serves at the same time; more get 503. Default: 500.</summary>
    [Range(1, 100_000)]
    public int MaxClients { get; set; } = 500;

    /// <summary>How many messages may wait for a client to read them; one that lets more come together is dropped. Default: 1,000.</summary>
    [Range(10, 100_000)]
    public int MaxQueued { get; set; } = 1_000;

    /// <summary>How long a client may take in nothing while something waits for it, and how long it may leave a ping unanswered, before it is dropped. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a client that says nothing is sent a ping. Default: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);
}
