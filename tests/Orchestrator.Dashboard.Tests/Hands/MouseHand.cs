namespace Orchestrator.Dashboard.Tests.Hands;

/// <summary>A person with a mouse, and a keyboard for writing alone.</summary>
internal sealed class MouseHand(IPage page) : Hand(page)
{
    public override Task GoToAsync(string title) =>
        Page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Pages" }).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = title, Exact = true }).ClickAsync();

    public override Task OpenRowAsync(string name) => Row(name).Locator("[data-row-link]").ClickAsync();

    public override Task PickRowAsync(string name) => Row(name).GetByRole(AriaRole.Checkbox).ClickAsync();

    public override Task DoAsync(string button, string command) => Page.GetByText(button, new PageGetByTextOptions { Exact = true }).And(Page.Locator("button, a")).ClickAsync();

    public override Task PressAsync(ILocator button) => button.ClickAsync();

    public override async Task WriteAsync(ILocator field, string text)
    {
        await field.ClickAsync();
        await field.FillAsync(text);
    }

    public override async Task SearchAsync(string text)
    {
        var box = Page.GetByRole(AriaRole.Searchbox);
        await WriteAsync(box, text);
        await box.PressAsync("Enter");
    }
}
