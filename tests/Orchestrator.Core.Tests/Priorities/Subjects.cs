using Orchestrator.Core.Priorities;

namespace Orchestrator.Core.Tests.Priorities;

internal static class Subjects
{
    public static ScoringSubject Named(string? name, string workspace = "acme") =>
        new() { Workspace = workspace, Goal = "More readers", Action = "generation.text", Name = name };

    public static TaskFingerprint Fingerprint(string? name, string workspace = "acme") => TaskFingerprint.Of(Named(name, workspace));
}
