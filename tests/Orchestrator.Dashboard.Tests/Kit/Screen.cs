namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>What a page is looked at on.</summary>
internal static class Screen
{
    public static readonly ViewportSize Desk = new() { Width = 1280, Height = 800 };

    public static readonly ViewportSize Phone = new() { Width = 400, Height = 800 };
}
