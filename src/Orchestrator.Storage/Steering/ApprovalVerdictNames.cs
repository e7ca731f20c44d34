namespace Orchestrator.Storage.Steering;

/// <summary>The names under which verdicts appear in JSON, events and the store.</summary>
public static class ApprovalVerdictNames
{
    /// <summary>Those that a person can give.</summary>
    public static IReadOnlyList<string> OfPeople { get; } =
        [.. new[] { ApprovalVerdict.Approve, ApprovalVerdict.Reject, ApprovalVerdict.Continue, ApprovalVerdict.Retry, ApprovalVerdict.Abort }.Select(ToName)];

    public static string ToName(this ApprovalVerdict verdict) => verdict switch
    {
        ApprovalVerdict.Approve => "approve",
        ApprovalVerdict.Reject => "reject",
        ApprovalVerdict.Continue => "continue",
        ApprovalVerdict.Retry => "retry",
        ApprovalVerdict.Abort => "abort",
        ApprovalVerdict.Expired => "expired",
        ApprovalVerdict.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };

    public static ApprovalVerdict Parse(string name) =>
        Enum.GetValues<ApprovalVerdict>().Where(verdict => verdict.ToName() == name).Cast<ApprovalVerdict?>().FirstOrDefault()
        ?? throw new FormatException($"'{name}' is not a verdict.");
}
