namespace Orchestrator.Dashboard.Tests.Demos;

/// <summary>A page, and how it is filled.</summary>
/// <param name="Name">What its picture is called.</param>
/// <param name="Path">Under the dashboard's path.</param>
public sealed record ShownPage(string Name, string Path);
