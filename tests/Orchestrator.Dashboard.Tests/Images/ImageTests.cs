using System.Buffers.Binary;
using Orchestrator.Client;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Demos;
using Orchestrator.Dashboard.Tests.Kit;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Dashboard.Tests.Images;

/// <summary>The pictures of the documentation; <c>ORCHESTRATOR_UPDATE_SCREENSHOTS=1</c> takes them anew.</summary>
[Collection(DashboardGroup.Name)]
public sealed class ImageTests(DashboardFixture dashboard)
{
    private const string UpdateVariable = "ORCHESTRATOR_UPDATE_SCREENSHOTS";
    private const int MostBytes = 120 * 1024;

    private static readonly ColorScheme[] Themes = [ColorScheme.Light, ColorScheme.Dark];

    [BrowserFact]
    public async Task Images_OfTheDocumentation_ShowEveryPageInBothThemes()
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            await TakeAsync();
        }

        Assert.All((await dashboard.GetDemoAsync()).Pages.SelectMany(shown => Themes.Select(theme => PathOf(shown, theme))), path =>
        {
            Assert.True(File.Exists(path), $"{path} is missing; {UpdateVariable}=1 makes it.");
            var image = File.ReadAllBytes(path);
            Assert.InRange(image.Length, 1, MostBytes);
            Assert.Equal((Screen.Desk.Width, Screen.Desk.Height), (BinaryPrimitives.ReadInt32BigEndian(image.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(image.AsSpan(20))));
        });
    }

    private static string PathOf(ShownPage shown, ColorScheme theme) => RepositoryFolder.Combine("docs", "images", $"{shown.Name}-{theme.ToString().ToLowerInvariant()}.png");

    // A gateway that shows nothing but the demo, with an hour behind it.
    private async Task TakeAsync()
    {
        Directory.CreateDirectory(RepositoryFolder.Combine("docs", "images"));
        using var folder = new SqliteFolder();
        await DemoHistory.WriteAsync(folder);
        await using var gateway = await dashboard.StartGatewayAsync(folder, ("Silo:Name", "harbour-1"), ("Generation:Model", DashboardFixture.ModelName), ("Generation:EmbeddingModel", DashboardFixture.ModelName));
        using var client = new OrchestratorClient(gateway.Client);
        var demo = await Demo.CreateAsync(client, dashboard.Model);
        await Visit.RunAsync(dashboard.Browser, new Uri(gateway.Client.BaseAddress!, "observability/"), "", async page =>
        {
            foreach (var shown in demo.Pages)
            {
                foreach (var theme in Themes)
                {
                    await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
                    await page.OpenAsync(shown);
                    var image = await page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });
                    await File.WriteAllBytesAsync(PathOf(shown, theme), PalettePng.Of(image));
                }
            }
        });
    }
}
