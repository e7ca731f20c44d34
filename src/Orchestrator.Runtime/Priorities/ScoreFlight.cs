using Orchestrator.Core.Priorities;
using Orchestrator.Storage.Priorities;

namespace Orchestrator.Runtime.Priorities;

/// <summary>One scoring under way, and everybody whom it will serve.</summary>
internal sealed class ScoreFlight(TaskFingerprint fingerprint, ScoringSubject subject, ScorableTask first)
{
    public TaskFingerprint Fingerprint => fingerprint;

    public ScoringSubject Subject => subject;

    /// <summary>The first is the one that the model is asked about.</summary>
    public List<ScorableTask> Tasks { get; } = [first];
}
