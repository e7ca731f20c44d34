using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>How an attempt ends.</summary>
internal enum End
{
    Complete,
    Fail,
    RetryNow,
    RetryLater,
    HandBack,
}

internal static class EndExtensions
{
    public const int RetryDelaySeconds = 20;

    private static readonly TaskError Error = TaskError.Of(ErrorCodes.ProviderError, "try again");

    public static AttemptOutcome ToOutcome(this End end) => end switch
    {
        End.Complete => new AttemptOutcome.Completed("1"u8.ToArray()),
        End.Fail => new AttemptOutcome.Failed(Error),
        End.RetryNow => new AttemptOutcome.Retried(Error, TimeSpan.Zero),
        End.RetryLater => new AttemptOutcome.Retried(Error, TimeSpan.FromSeconds(RetryDelaySeconds)),
        End.HandBack => new AttemptOutcome.HandedBack(),
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };
}
