using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Runtime.Options;

/// <summary>How webhooks are told of events. Section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>
    /// Lets webhooks point to loopback, private and link-local addresses. Whoever may create a webhook can then make this
    /// host send requests into its own network, and to the metadata service of a cloud. Default: false.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a receiver may take to answer. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an event is tried before its delivery has failed. Default: 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Upper bound of the first delay between tries; it doubles with each, with full jitter. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Upper bound of every delay between tries, that of a receiver's <c>Retry-After</c> too. Default: 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many requests to one webhook may be open at the same time in one process. Default: 8.</summary>
    [Range(1, 256)]
    public int ConcurrencyPerWebhook { get; set; } = 8;

    /// <summary>To how many webhooks one process may be sending at the same time. Default: 64.</summary>
    [Range(1, 10_000)]
    public int ConcurrentWebhooks { get; set; } = 64;
}
