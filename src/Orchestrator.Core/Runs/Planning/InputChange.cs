namespace Orchestrator.Core.Runs.Planning;

/// <summary>What a person's input of a step is, which is kept beside its outputs.</summary>
public enum InputChange
{
    None,

    /// <summary>A merge patch of what the definition says.</summary>
    Patch,

    /// <summary>It stands for what the definition says.</summary>
    Whole,
}
