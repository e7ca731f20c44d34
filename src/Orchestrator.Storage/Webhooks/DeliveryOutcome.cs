namespace Orchestrator.Storage.Webhooks;

/// <summary>How a try to deliver went; exactly one of the nested records.</summary>
/// <param name="Status">What the receiver answered; null when no answer came.</param>
public abstract record DeliveryOutcome(int? Status)
{
    /// <summary>The receiver has it: 2xx.</summary>
    public sealed record Accepted(int Answer) : DeliveryOutcome(Answer);

    /// <summary>It is tried again after <paramref name="Delay"/>, or given up when its time is over.</summary>
    public sealed record Refused(int? Answer, string Error, TimeSpan Delay) : DeliveryOutcome(Answer);

    /// <summary>The receiver wants nothing more: 410. The webhook is disabled.</summary>
    public sealed record Gone(int Answer, string Error) : DeliveryOutcome(Answer);
}
