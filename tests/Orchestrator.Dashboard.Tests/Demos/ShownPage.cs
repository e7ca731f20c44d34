namespace Orchestrator.Dashboard.Tests.Demos;

/// <summary>A page as the demo fills it.</summary>
/// <param name="Name">What its picture is called.</param>
/// <param name="Path">Under the dashboard's path.</param>
public sealed record ShownPage(string Name, string Path);
