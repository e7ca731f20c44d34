using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Storage.Relational;

internal sealed class WebhookStore(IDatabase database) : IWebhookStore
{
    public async Task<WebhookCreation> CreateAsync(WebhookRecord webhook, string secret, CancellationToken cancellationToken)
    {
        var creation = await database.WriteAsync(session => CreateAsync(session, webhook, secret), cancellationToken).ConfigureAwait(false);
        if (creation is WebhookCreation.Created)
        {
            await MarkCompleteAsync(webhook.Id, cancellationToken).ConfigureAwait(false);
        }

        return creation;
    }

    public Task<WebhookRecord?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, "find_webhook", id), cancellationToken);

    public async Task<IReadOnlyList<WebhookRecord>> ListAsync(string? workspace, Guid? after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_webhooks",
                WebhookColumns.ReadWebhook,
                Parameter.Text("@workspace", workspace),
                Parameter.Id("@after", after ?? Guid.Empty),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public async Task<WebhookRecord?> UpdateAsync(
        Guid id, Func<WebhookRecord, WebhookRecord> change, string? secret, CancellationToken cancellationToken)
    {
        var updated = await database.WriteAsync(
            async session =>
            {
                if (await FindAsync(session, "lock_webhook", id).ConfigureAwait(false) is not { } before)
                {
                    return null;
                }

                await session.ExecuteAsync("update_webhook", [Parameter.Id("@id", id), .. SettingsOf(change(before)), Parameter.Text("@secret", secret)]).ConfigureAwait(false);
                return await FindAsync(session, "find_webhook", id).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (updated is not null)
        {
            await MarkCompleteAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return updated;
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        // Disabled first, so that nobody who ends tasks waits for the deletion of what may be many rows.
        await UpdateAsync(id, static webhook => webhook with { Enabled = false }, null, cancellationToken).ConfigureAwait(false);
        return await database.WriteAsync(
            async session =>
            {
                var parameter = Parameter.Id("@id", id);
                await session.AnyAsync("lock_webhook_away", parameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_webhook_deliveries", parameter).ConfigureAwait(false);
                return await session.ExecuteAsync("delete_webhook", parameter).ConfigureAwait(false) > 0;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<WebhookCreation> CreateAsync(Session session, WebhookRecord webhook, string secret)
    {
        var workspaceKey = WebhookOutbox.EveryWorkspace;
        if (webhook.Workspace is { } workspace)
        {
            // Held, so that it is not deleted before the webhook is seen, and so that no more are created at the same time.
            var locked = await session.FindAsync<long?>("lock_workspace", static row => row.BigInteger("key"), Parameter.Text("@id", workspace)).ConfigureAwait(false);
            if (locked is null)
            {
                return new WebhookCreation.WorkspaceNotFound();
            }

            workspaceKey = locked.Value;
        }

        var scope = Parameter.BigInteger("@workspace_key", workspaceKey);
        var count = await session.FindAsync<long?>("count_webhooks", static row => row.BigInteger("webhooks"), scope).ConfigureAwait(false);
        if (count >= WebhookLimits.MaxPerWorkspace)
        {
            return new WebhookCreation.TooMany();
        }

        await session.ExecuteAsync(
            "insert_webhook",
            [Parameter.Id("@id", webhook.Id), scope, .. SettingsOf(webhook), Parameter.Text("@secret", secret)]).ConfigureAwait(false);
        return new WebhookCreation.Created((await FindAsync(session, "find_webhook", webhook.Id).ConfigureAwait(false))!);
    }

    /// <summary>Whoever did not see a webhook when it was told of an event took the event's time before this.</summary>
    private Task<int> MarkCompleteAsync(Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.ExecuteAsync("mark_webhook_complete", Parameter.Id("@id", id)), cancellationToken);

    private static Task<WebhookRecord?> FindAsync(Session session, string query, Guid id) =>
        session.FindAsync(query, WebhookColumns.ReadWebhook, Parameter.Id("@id", id));

    private static Parameter[] SettingsOf(WebhookRecord webhook) =>
    [
        Parameter.Text("@description", webhook.Description),
        Parameter.Text("@url", webhook.Url),
        Parameter.Text("@types", Json.OfList(webhook.Types)),
        Parameter.Flag("@enabled", webhook.Enabled),
        Parameter.Text("@disabled_reason", webhook.Enabled ? null : webhook.DisabledReason),
    ];
}
