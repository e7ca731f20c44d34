namespace Orchestrator.Core.Keys;

/// <summary>What a key may do.</summary>
public enum KeyVerb
{
    /// <summary>See what there is.</summary>
    Read,

    /// <summary>Bring in work: tasks, runs, validations.</summary>
    Submit,

    /// <summary>Steer work that is there: cancel, retry, approve, pause.</summary>
    Control,

    /// <summary>Take leases and do the work.</summary>
    Work,

    /// <summary>Everything, settings and keys included.</summary>
    Admin,
}
