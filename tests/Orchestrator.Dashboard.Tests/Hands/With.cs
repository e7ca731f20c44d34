namespace Orchestrator.Dashboard.Tests.Hands;

/// <summary>What a person uses.</summary>
public enum With
{
    Mouse,
    Keyboard,
}
