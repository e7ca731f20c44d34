using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Hands;

/// <summary>How a person uses a page: the same intentions, by mouse or by keyboard alone.</summary>
internal abstract class Hand(IPage page)
{
    protected IPage Page { get; } = page;

    public static Hand Of(With with, IPage page) => with == With.Mouse ? new MouseHand(page) : new KeyboardHand(page);

    /// <summary>Goes to a page of the navigation.</summary>
    public abstract Task GoToAsync(string title);

    /// <summary>Opens the row of a table that has a name.</summary>
    public abstract Task OpenRowAsync(string name);

    /// <summary>Selects the row of a table that has a name.</summary>
    public abstract Task PickRowAsync(string name);

    /// <summary>Does something that the page offers.</summary>
    /// <param name="button">The text of the button or link.</param>
    /// <param name="command">What it is called in the palette.</param>
    public abstract Task DoAsync(string button, string command);

    /// <summary>Presses a button or follows a link.</summary>
    public abstract Task PressAsync(ILocator button);

    /// <summary>Writes into a field, in place of what stands there.</summary>
    public abstract Task WriteAsync(ILocator field, string text);

    /// <summary>Searches for tasks.</summary>
    public abstract Task SearchAsync(string text);

    public Task PressAsync(string button) => PressAsync(Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }));

    public Task WriteAsync(string label, string text) => WriteAsync(Page.FieldOf(label), text);

    /// <summary>Says yes to the question that the page asks; answers the question.</summary>
    /// <param name="yes">What the button says that does it.</param>
    public async Task<string> ConfirmAsync(string yes)
    {
        var dialog = Page.Locator("dialog#confirm[open]");
        await Expect(dialog).ToBeVisibleAsync();
        var question = await dialog.Locator("#confirm-text").InnerTextAsync();
        await PressAsync(dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = yes, Exact = true }));
        await Expect(dialog).ToBeHiddenAsync();
        return question;
    }

    protected ILocator Row(string name) => Page.Locator("[data-row]").Filter(new LocatorFilterOptions { HasText = name });

    protected ILocator Navigation(string title) =>
        Page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Pages" }).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = title, Exact = true });

    /// <summary>Does what leads to another page, and waits for that as a person does.</summary>
    protected async Task FollowAsync(ILocator link, Func<Task> act)
    {
        var address = await link.EvaluateAsync<string>("link => link.href");
        await act();
        await Expect(Page).ToHaveURLAsync(address);
        await Expect(Page.Live()).ToHaveTextAsync("live");
    }
}
