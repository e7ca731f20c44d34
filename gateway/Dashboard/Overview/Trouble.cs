namespace Orchestrator.Gateway.Dashboard.Overview;

/// <summary>Something that holds work up.</summary>
/// <param name="IsUrgent">Whether it goes on until somebody acts; else somebody is expected to in the ordinary course.</param>
/// <param name="Text">What it is, as a sentence.</param>
/// <param name="Link">Where to act.</param>
/// <param name="LinkText">What is there.</param>
public sealed record Trouble(bool IsUrgent, string Text, string Link, string LinkText);
