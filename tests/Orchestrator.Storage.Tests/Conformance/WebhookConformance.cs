using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Webhooks;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class WebhookConformance(Func<Task<ITestStore>> create) : WebhookSuite(create)
{
    [StoreFact]
    public async Task Create_Webhook_CanBeFound()
    {
        var wanted = Webhook(Default, EventTypes.TaskFailed, EventTypes.FuseTripped) with { Description = "d", Enabled = false };

        var created = Assert.IsType<WebhookCreation.Created>(await Store.Webhooks.CreateAsync(wanted, Secret, None)).Webhook;

        Assert.Equivalent(wanted with { CreatedAt = Clock.Now, UpdatedAt = Clock.Now }, created);
        Assert.Equivalent(created, await Store.Webhooks.FindAsync(wanted.Id, None));
    }

    [StoreFact]
    public async Task Create_InNoWorkspace_IsTold() =>
        Assert.IsType<WebhookCreation.WorkspaceNotFound>(await Store.Webhooks.CreateAsync(Webhook("nowhere", "*"), Secret, None));

    [StoreFact]
    public async Task Create_MoreThanThereMayBe_IsToldByWorkspace()
    {
        for (var i = 0; i < WebhookLimits.MaxPerWorkspace; i++)
        {
            await CreateWebhookAsync(null);
        }

        Assert.IsType<WebhookCreation.TooMany>(await Store.Webhooks.CreateAsync(Webhook(null, "*"), Secret, None));
        Assert.IsType<WebhookCreation.Created>(await Store.Webhooks.CreateAsync(Webhook(Default, "*"), Secret, None));
    }

    [StoreFact]
    public async Task List_Webhooks_PagesByIdAndByWorkspace()
    {
        await CreateWorkspaceAsync("other");
        Guid[] ids = [await CreateWebhookAsync(), await CreateWebhookAsync("other"), await CreateWebhookAsync(null)];

        Assert.Equal(ids, (await Store.Webhooks.ListAsync(null, null, 10, None)).Select(webhook => webhook.Id));
        Assert.Equal(ids[1..2], (await Store.Webhooks.ListAsync(null, ids[0], 1, None)).Select(webhook => webhook.Id));
        Assert.Equal(ids[1..2], (await Store.Webhooks.ListAsync("other", null, 10, None)).Select(webhook => webhook.Id));
    }

    [StoreFact]
    public async Task Update_Settings_AreReplaced()
    {
        var id = await CreateWebhookAsync();
        await SubmitEndedAsync(Completed());

        var updated = await Store.Webhooks.UpdateAsync(
            id, webhook => webhook with { Url = "https://example.org/other", Types = ["task.failed"], Description = "new" }, "another secret, also long", None);

        Assert.Equivalent(updated, await Store.Webhooks.FindAsync(id, None));
        var claimed = await ClaimOneAsync(id);
        Assert.Equal(("https://example.org/other", "another secret, also long"), (claimed.Url, claimed.Secret));
        await SubmitEndedAsync(Completed());
        Assert.Single(await DeliveriesAsync(id));
        Assert.Null(await Store.Webhooks.UpdateAsync(TaskIds.Next(), webhook => webhook, null, None));
    }

    [StoreFact]
    public async Task Update_WithoutSecret_KeepsIt()
    {
        var id = await CreateWebhookAsync();
        await Store.Webhooks.UpdateAsync(id, webhook => webhook with { Description = "new" }, null, None);
        await SubmitEndedAsync(Completed());

        Assert.Equal(Secret, (await ClaimOneAsync(id)).Secret);
    }

    [StoreFact]
    public async Task Delete_Webhook_TakesItsDeliveriesAlong()
    {
        var (id, other) = (await CreateWebhookAsync(), await CreateWebhookAsync());
        await SubmitEndedAsync(Completed());

        Assert.True(await Store.Webhooks.DeleteAsync(id, None));

        Assert.False(await Store.Webhooks.DeleteAsync(id, None));
        Assert.Null(await Store.Webhooks.FindAsync(id, None));
        Assert.Empty(await DeliveriesAsync(id));
        Assert.Single(await DeliveriesAsync(other));
    }

    [StoreFact]
    public async Task DeleteWorkspace_WithWebhooks_TakesThemAndKeepsWhatOthersAreToBeTold()
    {
        await CreateWorkspaceAsync("gone");
        var (own, global) = (await CreateWebhookAsync("gone"), await CreateWebhookAsync(null));
        await Store.Workspaces.PauseAsync("gone", null, None);

        Assert.Equal(WorkspaceDeletion.Deleted, await Store.Workspaces.DeleteAsync("gone", None));

        Assert.Null(await Store.Webhooks.FindAsync(own, None));
        Assert.Empty(await DeliveriesAsync(own));
        Assert.Equal("gone", (await ClaimOneAsync(global)).Workspace);
    }
}
