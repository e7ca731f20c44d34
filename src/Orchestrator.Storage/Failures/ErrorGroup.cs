using Orchestrator.Core.Failures;

namespace Orchestrator.Storage.Failures;

/// <summary>Failures of a workspace that are the same.</summary>
/// <param name="Fingerprint">As in <see cref="ErrorFingerprint"/>.</param>
/// <param name="Message">The message of the last of them.</param>
public sealed record ErrorGroup(long WorkspaceKey, string Fingerprint, string Action, string Code, string Message)
{
    /// <summary>How many groups of a workspace are kept apart.</summary>
    public const int MaxPerWorkspace = 500;

    private const string OtherCode = "other";

    /// <summary>Tasks that failed for good, or were cancelled because they could not run.</summary>
    public required long Failed { get; init; }

    /// <summary>Attempts that failed and are repeated.</summary>
    public required long Retried { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public required Guid LastTaskId { get; init; }

    /// <summary>The same failures as a part of the group of all that are not kept apart.</summary>
    public ErrorGroup AsOther() => this with
    {
        Fingerprint = ErrorFingerprint.Of(WorkspaceKey, "", OtherCode, ""),
        Action = "",
        Code = OtherCode,
    };

    public bool IsOther => Action.Length == 0;

    /// <summary>Both together.</summary>
    public ErrorGroup Plus(ErrorGroup other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var last = other.LastAt >= LastAt ? other : this;
        return last with
        {
            Failed = Failed + other.Failed,
            Retried = Retried + other.Retried,
            FirstAt = FirstAt < other.FirstAt ? FirstAt : other.FirstAt,
        };
    }
}
