namespace Orchestrator.Dashboard.Tests.Hands;

/// <summary>A person who has no mouse.</summary>
internal sealed class KeyboardHand(IPage page) : Hand(page)
{
    private const int MostSteps = 120;

    public override async Task GoToAsync(string title)
    {
        var key = await Navigation(title).GetAttributeAsync("data-key") ?? throw new InvalidOperationException($"{title} has no key.");
        await FollowAsync(Navigation(title), async () =>
        {
            await Page.Keyboard.PressAsync("g");
            await Page.Keyboard.PressAsync(key);
        });
    }

    public override async Task OpenRowAsync(string name)
    {
        await ReachRowAsync(name);
        await FollowAsync(Row(name).Locator("[data-row-link]"), () => Page.Keyboard.PressAsync("Enter"));
    }

    public override async Task PickRowAsync(string name)
    {
        await ReachRowAsync(name);
        await Page.Keyboard.PressAsync("x");
        await Expect(Row(name).GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
    }

    public override async Task DoAsync(string button, string command)
    {
        await Page.Keyboard.PressAsync("Control+k");
        await Page.Keyboard.TypeAsync(command);
        await Expect(Page.Locator("#palette-list [aria-selected=true]")).ToHaveTextAsync(command);
        await Page.Keyboard.PressAsync("Enter");
    }

    public override async Task PressAsync(ILocator button)
    {
        await ReachAsync(button);
        await Page.Keyboard.PressAsync("Enter");
    }

    public override async Task WriteAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await Page.Keyboard.PressAsync("Control+a");
        await Page.Keyboard.InsertTextAsync(text);
    }

    public override async Task SearchAsync(string text)
    {
        await Page.Keyboard.PressAsync("/");
        await Expect(Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await Page.Keyboard.InsertTextAsync(text);
        await Page.Keyboard.PressAsync("Enter");
    }

    private async Task ReachRowAsync(string name)
    {
        var link = Row(name).Locator("[data-row-link]");
        await Expect(link).ToHaveCountAsync(1);
        await ReachAsync(link, "j");
    }

    // Tab by Tab, as a person does: what cannot be reached so has no use for them.
    private async Task ReachAsync(ILocator element, string key = "Tab")
    {
        for (var step = 0; step < MostSteps; step++)
        {
            if (await element.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync(key);
        }

        throw new InvalidOperationException($"{MostSteps} times {key} did not lead to {element}.");
    }
}
