using Orchestrator.Core.Concepts;

namespace Orchestrator.Core.Priorities;

/// <summary>What makes two tasks one to the scorer: where it is equal, one priority score serves both.</summary>
/// <param name="Key">Of the canonical form; also the key for one scoring at a time.</param>
/// <param name="Facts">Of what must be equal however alike the embeddings of two tasks are.</param>
/// <param name="CanonicalForm">Lines that a person can read, for "why do these two share"; the key is of all of them, these are the first.</param>
public sealed record TaskFingerprint(ScoreScope Scope, Fingerprint Key, Fingerprint Facts, string CanonicalForm)
{
    /// <summary>How many characters of the canonical form are kept: enough to read, and no way to fill a cache.</summary>
    public const int MaxShownLength = 2_000;

    public static TaskFingerprint Of(ScoringSubject subject)
    {
        var text = string.Join('\n', new[] { subject.Name, subject.Description, subject.Content }.Where(part => !string.IsNullOrEmpty(part)));
        var concepts = ConceptNormaliser.Normalise(text);
        var scope = new ScoreScope(subject.Workspace, Fingerprint.Of(subject.Goal?.Trim() ?? string.Empty));

        var form = Start("task", subject, scope);
        foreach (var clause in concepts.Clauses)
        {
            form.Add("clause", clause);
        }

        var facts = Start("facts", subject, scope);
        foreach (var clause in concepts.Facts)
        {
            facts.Add("clause", clause);
        }

        // What the lexicon does not understand is shared by equal texts only.
        if (!concepts.IsRecognised)
        {
            form.Add("text", Fingerprint.Of(text).ToString());
        }

        if (concepts.Remainder is { } remainder)
        {
            form.Add("remainder", remainder);
            facts.Add("remainder", remainder);
        }

        var canonical = form.ToString();
        var shown = canonical.Length <= MaxShownLength ? canonical : canonical[..MaxShownLength] + "…";
        return new TaskFingerprint(scope, Fingerprint.Of(canonical), Fingerprint.Of(facts.ToString()), shown);
    }

    private static CanonicalForm Start(string kind, ScoringSubject subject, ScoreScope scope)
    {
        var form = new CanonicalForm();
        form.Add("kind", kind + " v1");
        form.Add("workspace", scope.Workspace);
        form.Add("goal", scope.Goal.ToString());
        form.Add("action", subject.Action);
        foreach (var dependency in subject.Dependencies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            form.Add("after", dependency);
        }

        return form;
    }
}
