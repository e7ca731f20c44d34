using Orchestrator.Core.Fuses;
using Orchestrator.Storage;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.TestKit.Stores;

/// <summary>For tests whose tasks delegate more than fuses allow by default.</summary>
public static class LooseFuses
{
    public static FuseSettings Settings { get; } = new() { LoopExecutions = FuseLimits.MaxLoopExecutions, PendingDelegated = FuseLimits.MaxPending };

    public static async Task LoosenFusesAsync(this IStore store, string workspace = IWorkspaceStore.DefaultWorkspace) =>
        await store.Workspaces.UpdateAsync(workspace, record => record with { Fuses = Settings }, CancellationToken.None);
}
