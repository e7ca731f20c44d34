namespace Orchestrator.Dashboard.Tests.Hands;

/// <summary>A person with a mouse, and a keyboard for writing alone.</summary>
internal sealed class MouseHand(IPage page) : Hand(page)
{
    public override Task GoToAsync(string title) => FollowAsync(Navigation(title), () => Navigation(title).ClickAsync());

    public override Task OpenRowAsync(string name)
    {
        var link = Row(name).Locator("[data-row-link]");
        return FollowAsync(link, () => link.ClickAsync());
    }

    public override Task PickRowAsync(string name) => Row(name).GetByRole(AriaRole.Checkbox).ClickAsync();

    public override Task DoAsync(string button, string command)
    {
        var name = new PageGetByRoleOptions { Name = button, Exact = true };
        return Page.GetByRole(AriaRole.Button, name).Or(Page.GetByRole(AriaRole.Link, name)).ClickAsync();
    }

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
