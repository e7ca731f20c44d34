namespace Orchestrator.Gateway.Dashboard.Layout;

/// <summary>An entry of the navigation.</summary>
/// <param name="Path">Under the dashboard's path.</param>
/// <param name="Key">What to press after <c>g</c> to go there.</param>
internal sealed record NavigationItem(string Path, string Title, string Key);
